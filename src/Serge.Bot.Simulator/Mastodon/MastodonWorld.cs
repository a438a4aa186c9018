namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The simulated Mastodon server: accounts and statuses.</summary>
public sealed class MastodonWorld
{
    private readonly Dictionary<string, AccessToken> _tokens = [];
    private readonly List<Account> _accounts = [];
    private readonly List<Status> _statuses = [];
    private readonly List<Notification> _notifications = [];
    private readonly List<ScheduledStatus> _scheduled = [];
    private readonly List<Media> _media = [];
    private long _lastId;
    private int _lastScheduledId;

    internal MastodonWorld(TimeProvider clock, EventHub events, FaultScript faults)
    {
        Clock = clock;
        Events = events;
        Faults = faults;
        RateLimiter = new MastodonRequestLimiter(Options, clock);
        Keys = new ExpiringKeys<AccountKey, string>(() => Options.IdempotencyWindow, clock);
    }

    public MastodonOptions Options { get; } = new();

    /// <summary>All statuses with any visibility, oldest first.</summary>
    public IReadOnlyList<Status> Statuses
    {
        get
        {
            lock (Lock)
            {
                PublishDue();
                return [.. _statuses];
            }
        }
    }

    /// <summary>All uploads, oldest first.</summary>
    public IReadOnlyList<Media> Media
    {
        get
        {
            lock (Lock)
            {
                return [.. _media];
            }
        }
    }

    /// <summary>Guards the whole state.</summary>
    internal Lock Lock { get; } = new();

    internal TimeProvider Clock { get; }

    internal EventHub Events { get; }

    internal FaultScript Faults { get; }

    internal MastodonRequestLimiter RateLimiter { get; }

    internal ExpiringKeys<AccountKey, string> Keys { get; }

    internal int AccountCount => _accounts.Count;

    internal int StatusCount => _statuses.Count;

    public Account AddAccount(string username, string displayName, bool bot = true)
    {
        lock (Lock)
        {
            Account account = new(CreateId(), username, displayName, bot, Clock.GetUtcNow());
            _accounts.Add(account);
            return account;
        }
    }

    /// <summary>Adds an access token.</summary>
    /// <param name="token">The secret.</param>
    /// <param name="account">The account; <see langword="null"/> for an application's own token.</param>
    /// <param name="scopes">The allowed scopes, such as <c>write:statuses</c>.</param>
    public void AddToken(string token, Account? account, params IReadOnlyList<string> scopes)
    {
        lock (Lock)
        {
            var allowed = scopes.ToHashSet();
            _tokens[token] = new AccessToken(account, "A bot", allowed);
        }
    }

    public void RevokeToken(string token)
    {
        lock (Lock)
        {
            _tokens.Remove(token);
        }
    }

    internal AccessToken? FindToken(string? secret) => secret is null ? null : _tokens.GetValueOrDefault(secret);

    internal Account? FindAccount(string id) => _accounts.Find(account => account.Id == id);

    internal Account? FindAccountByName(string username) =>
        _accounts.Find(account => string.Equals(account.Username, username, StringComparison.OrdinalIgnoreCase));

    internal Status? FindStatus(string id) => _statuses.Find(status => status.Id == id);

    internal Media? FindMedia(string id) => _media.Find(media => media.Id == id);

    internal bool IsReady(Media media) => media.ReadyAt <= Clock.GetUtcNow();

    internal void AddMedia(Media media)
    {
        _media.Add(media);
        if (_media.Count > Options.MaxMedia)
        {
            _media.RemoveAt(0);
        }
    }

    /// <summary>Makes the uploads of a status a part of it, so that no other status can contain them.</summary>
    private void Attach(Status status)
    {
        foreach (var media in status.Media)
        {
            var index = _media.FindIndex(known => known.Id == media.Id);
            if (index >= 0)
            {
                _media[index] = media with { StatusId = status.Id };
            }
        }
    }

    internal IEnumerable<ScheduledStatus> GetScheduled(Account account) =>
        _scheduled.Where(scheduled => scheduled.Status.Account == account);

    /// <summary>Posts a status as an account, without a request.</summary>
    public Status Post(Account account, string text, string visibility = "public")
    {
        lock (Lock)
        {
            StatusText parsed = new(
                text,
                Options.CharactersReservedPerUrl,
                FindAccountByName,
                new Uri("https://other.example/")
            );
            Status status = new()
            {
                Id = CreateId(),
                Account = account,
                Text = text,
                Content = parsed.ToHtml(),
                Visibility = visibility,
                Language = account.DefaultLanguage,
                CreatedAt = Clock.GetUtcNow(),
                Tags = parsed.Tags,
                Mentions = parsed.Mentions,
            };
            AddStatus(status);
            return status;
        }
    }

    /// <summary>Deletes a status, without a request.</summary>
    public void Delete(Status status)
    {
        lock (Lock)
        {
            RemoveStatus(status);
        }
    }

    /// <summary>The mentions of an account by others, oldest first.</summary>
    internal IEnumerable<Notification> GetNotifications(Account account) =>
        _notifications.Where(notification => notification.Account == account);

    internal IEnumerable<Status> GetStatuses(Account account) => _statuses.Where(status => status.Account == account);

    /// <summary>Creates an ascending id from the time in milliseconds and a counter.</summary>
    internal string CreateId()
    {
        var first = Clock.GetUtcNow().ToUnixTimeMilliseconds() << 16;
        _lastId = Math.Max(_lastId + 1, first);
        return _lastId.ToString(CultureInfo.InvariantCulture);
    }

    internal void AddStatus(Status status)
    {
        _statuses.Add(status);
        Attach(status);
        status.Account.CountStatus(status);
        if (_statuses.Count > Options.MaxStatuses)
        {
            _notifications.RemoveAll(notification => notification.Status == _statuses[0]);
            _statuses.RemoveAt(0);
        }

        foreach (var mentioned in status.Mentions.Where(mentioned => mentioned != status.Account))
        {
            Notification notification = new(CreateId(), mentioned, status, Clock.GetUtcNow());
            _notifications.Add(notification);
        }

        Events.Publish(new MastodonWorldEvent.StatusCreated(status));
    }

    /// <summary>Schedules a status.</summary>
    /// <returns><see langword="null"/> if the account has too many scheduled statuses.</returns>
    internal ScheduledStatus? ScheduleStatus(Status status, DateTimeOffset due)
    {
        var day = due.UtcDateTime.Date;
        var scheduled = GetScheduled(status.Account).ToList();
        var onDay = scheduled.Count(other => other.DueAt.UtcDateTime.Date == day);
        if (scheduled.Count >= Options.MaxScheduledStatuses || onDay >= Options.MaxScheduledStatusesPerDay)
        {
            return null;
        }

        _lastScheduledId++;
        var id = _lastScheduledId.ToString(CultureInfo.InvariantCulture);
        ScheduledStatus added = new(id, status, due);
        _scheduled.Add(added);
        return added;
    }

    internal void CancelScheduled(ScheduledStatus scheduled) => _scheduled.Remove(scheduled);

    /// <summary>Posts the scheduled statuses that are due. Called before every access to the statuses.</summary>
    internal void PublishDue()
    {
        var now = Clock.GetUtcNow();
        var due = _scheduled.Where(scheduled => scheduled.DueAt <= now).OrderBy(scheduled => scheduled.DueAt);
        foreach (var scheduled in due.ToList())
        {
            _scheduled.Remove(scheduled);
            AddStatus(scheduled.Status with { Id = CreateId(), CreatedAt = now });
        }
    }

    internal void ReplaceStatus(Status status)
    {
        var index = _statuses.FindIndex(old => old.Id == status.Id);
        _statuses[index] = status;
        Attach(status);
        Events.Publish(new MastodonWorldEvent.StatusEdited(status));
    }

    internal void RemoveStatus(Status status)
    {
        _notifications.RemoveAll(notification => notification.Status.Id == status.Id);
        if (_statuses.RemoveAll(old => old.Id == status.Id) > 0)
        {
            status.Account.StatusCount--;
            Events.Publish(new MastodonWorldEvent.StatusDeleted(status));
        }
    }
}
