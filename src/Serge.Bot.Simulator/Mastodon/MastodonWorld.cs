using System.Globalization;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>The simulated Mastodon server: its accounts and what they posted.</summary>
public sealed class MastodonWorld
{
    private readonly Dictionary<string, AccessToken> _tokens = new(StringComparer.Ordinal);
    private readonly List<Account> _accounts = [];
    private readonly List<Status> _statuses = [];
    private readonly EventHub _hub;
    private readonly List<ScheduledStatus> _scheduled = [];
    private long _lastId;
    private int _lastScheduled;

    internal MastodonWorld(TimeProvider clock, RandomSource chance, EventHub hub)
    {
        Clock = clock;
        Chance = chance;
        _hub = hub;
        Limits = new MastodonLimits(Options, clock);
        Keys = new IdempotencyKeys(Options, clock);
    }

    /// <summary>The numbers it goes by.</summary>
    public MastodonOptions Options { get; } = new();

    /// <summary>The accounts.</summary>
    public IReadOnlyList<Account> Accounts
    {
        get
        {
            lock (Gate)
            {
                return [.. _accounts];
            }
        }
    }

    /// <summary>All statuses of whatever visibility, oldest first.</summary>
    public IReadOnlyList<Status> Statuses
    {
        get
        {
            lock (Gate)
            {
                PublishDue();
                return [.. _statuses];
            }
        }
    }

    internal Lock Gate { get; } = new();

    internal TimeProvider Clock { get; }

    internal RandomSource Chance { get; }

    internal MastodonLimits Limits { get; }

    internal IdempotencyKeys Keys { get; }

    /// <summary>Makes an account.</summary>
    public Account AddAccount(string username, string displayName, bool bot = true)
    {
        lock (Gate)
        {
            Account account = new(NextId(), username, displayName, bot, Clock.GetUtcNow());
            _accounts.Add(account);
            return account;
        }
    }

    /// <summary>Makes an access token known.</summary>
    /// <param name="token">The secret.</param>
    /// <param name="account">The account it opens; <see langword="null"/> for an application's own token.</param>
    /// <param name="scopes">What it may do, such as <c>write:statuses</c>.</param>
    public void AddToken(string token, Account? account, params IReadOnlyList<string> scopes)
    {
        lock (Gate)
        {
            _tokens[token] = new AccessToken(account, "Serge", scopes.ToHashSet(StringComparer.Ordinal));
        }
    }

    /// <summary>Makes an access token worthless.</summary>
    public void RevokeToken(string token)
    {
        lock (Gate)
        {
            _tokens.Remove(token);
        }
    }

    /// <summary>Deletes a status, as a moderator would.</summary>
    public void Delete(Status status)
    {
        lock (Gate)
        {
            Erase(status);
        }
    }

    internal void Publish(SimulatorEvent happened) => _hub.Publish(happened);

    internal AccessToken? FindToken(string token) => _tokens.GetValueOrDefault(token);

    internal Account? FindAccount(string id) => _accounts.Find(account => account.Id == id);

    internal Account? FindByName(string username) =>
        _accounts.Find(account => string.Equals(account.Username, username, StringComparison.OrdinalIgnoreCase));

    internal Status? FindStatus(string id) => _statuses.Find(status => status.Id == id);

    internal int AccountCount => _accounts.Count;

    internal int StatusCount => _statuses.Count;

    internal IReadOnlyList<ScheduledStatus> ScheduledBy(Account account) =>
        [.. _scheduled.Where(scheduled => scheduled.Status.Account == account)];

    internal IReadOnlyList<Status> StatusesOf(Account account) =>
        [.. _statuses.Where(status => status.Account == account)];

    /// <summary>An id that only ever grows, made of the moment in milliseconds and a counter.</summary>
    internal string NextId()
    {
        _lastId = Math.Max(_lastId + 1, Clock.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        return _lastId.ToString(CultureInfo.InvariantCulture);
    }

    internal void Add(Status status)
    {
        _statuses.Add(status);
        status.Account.Count(status);
        if (_statuses.Count > Options.MaxStatuses)
        {
            _statuses.RemoveAt(0);
        }

        Publish(new SimulatorEvent.StatusCreated(status));
    }

    /// <summary>Keeps a status for later.</summary>
    /// <returns><see langword="null"/> if the account has too many waiting.</returns>
    internal ScheduledStatus? Schedule(Status status, DateTimeOffset due)
    {
        var waiting = ScheduledBy(status.Account);
        if (
            waiting.Count >= Options.MaxScheduledStatuses
            || waiting.Count(scheduled => scheduled.DueAt.UtcDateTime.Date == due.UtcDateTime.Date)
                >= Options.MaxScheduledStatusesPerDay
        )
        {
            return null;
        }

        ScheduledStatus scheduled = new((++_lastScheduled).ToString(CultureInfo.InvariantCulture), status, due);
        _scheduled.Add(scheduled);
        return scheduled;
    }

    internal void CallOff(ScheduledStatus scheduled) => _scheduled.Remove(scheduled);

    /// <summary>Posts what is due. Called before anybody looks.</summary>
    internal void PublishDue()
    {
        var now = Clock.GetUtcNow();
        foreach (
            var scheduled in _scheduled
                .Where(scheduled => scheduled.DueAt <= now)
                .OrderBy(scheduled => scheduled.DueAt)
                .ToList()
        )
        {
            _scheduled.Remove(scheduled);
            Add(scheduled.Status with { Id = NextId(), CreatedAt = now });
        }
    }

    internal void Replace(Status status)
    {
        _statuses[_statuses.FindIndex(one => one.Id == status.Id)] = status;
        Publish(new SimulatorEvent.StatusEdited(status));
    }

    internal void Erase(Status status)
    {
        if (_statuses.RemoveAll(one => one.Id == status.Id) > 0)
        {
            status.Account.Statuses--;
            Publish(new SimulatorEvent.StatusDeleted(status));
        }
    }
}
