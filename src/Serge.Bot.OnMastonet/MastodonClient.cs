using System.Net;
using Mastonet;
using Mastonet.Entities;
using Polly.Timeout;

namespace Serge.Bot.OnMastonet;

/// <summary>The seam to Mastodon on the package Mastonet: its calls, its entities, and our <see cref="Transport"/> beneath them.</summary>
/// <remarks>Where it differs from our own client: <c>docs/platforms.md</c>.</remarks>
public sealed partial class MastodonClient : IMastodon, IAsyncDisposable
{
    /// <summary>The most a server gives at once.</summary>
    /// <remarks>Source: Mastodon docs, methods/accounts, <c>GET /api/v1/accounts/:id/statuses</c>.</remarks>
    private const int PageSize = 40;

    private const int MaxPages = 5;

    /// <summary>Fewer than anybody gives at once are all there is.</summary>
    private const int SmallestPage = 20;

    /// <summary>snac cuts the time of a post to whole seconds.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    private readonly MastodonClientOptions _options;
    private readonly TimeProvider _wire;
    private readonly ILogger<MastodonClient> _log;
    private readonly HttpClient _http;
    private readonly Mastonet.MastodonClient _mastonet;
    private volatile Capabilities _capabilities = MastodonServers.Unknown;
    private volatile string? _ownId;
    private bool? _hidesWhatIsNotPublic;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="options">Where, as whom, how patient.</param>
    /// <param name="wire">The clock of waits and time-outs.</param>
    /// <param name="random">Spreads retries.</param>
    /// <param name="loggers">Where retries are written.</param>
    /// <exception cref="ArgumentException">The address is not of http or https, or the token cannot be one.</exception>
    public MastodonClient(MastodonClientOptions options, TimeProvider wire, Random random, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        var token = options.AccessToken.Trim();
        if (!options.Address.IsAbsoluteUri || options.Address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException(
                "The address of a Mastodon server begins with http:// or https://.",
                nameof(options)
            );
        }

        if (token.Length == 0 || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException(
                "The access token is empty, or has spaces or other characters that no token has.",
                nameof(options)
            );
        }

        _options = options;
        _wire = wire;
        _log = loggers.CreateLogger<MastodonClient>();
        _http = new HttpClient(new Transport(options, wire, random, _log)) { Timeout = Timeout.InfiniteTimeSpan };
        _mastonet = new Mastonet.MastodonClient(
            $"{options.Address.Authority}{options.Address.AbsolutePath.TrimEnd('/')}",
            token,
            _http
        );
    }

    /// <inheritdoc/>
    public Capabilities Capabilities => _capabilities;

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(MastodonStatus status, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return WriteAsync(
            () =>
                _mastonet.PublishStatus(
                    status.Text,
                    VisibilityOf(status),
                    sensitive: IsSensitive(status),
                    spoilerText: status.Warning ?? "",
                    language: status.Language
                ),
            key,
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<SendOutcome> EditAsync(string statusId, MastodonStatus status, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(statusId);
        ArgumentNullException.ThrowIfNull(status);
        return WriteAsync(
            () =>
                _mastonet.EditStatus(
                    Uri.EscapeDataString(statusId),
                    status.Text,
                    sensitive: IsSensitive(status),
                    spoilerText: status.Warning ?? "",
                    language: status.Language
                ),
            key: null,
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> DeleteAsync(string statusId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(statusId);
        var (deleted, _) = await CallAsync(
            () => NothingOf(_mastonet.DeleteStatus(Uri.EscapeDataString(statusId))),
            key: null,
            cancellationToken
        );
        if (!deleted.IsGone)
        {
            return deleted.IsSuccess
                ? new SendOutcome.Sent(statusId, Url: null)
                : Verdict.OfWrite(deleted, status: null);
        }

        // A server without deletion answers as one where the status is gone (snac 2.75).
        var (looked, _) = await CallAsync(
            () => _mastonet.GetStatus(Uri.EscapeDataString(statusId)),
            key: null,
            cancellationToken
        );
        return looked.IsGone ? new SendOutcome.Sent(statusId, Url: null)
            : looked.IsSuccess
                ? new SendOutcome.Refused(Refusal.Forbidden, "The server does not delete: the post is still there.")
            : Verdict.OfWrite(looked, status: null);
    }

    /// <inheritdoc/>
    public async Task<Look> FindOwnAsync(
        MastodonStatus status,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(status);
        var wanted = FoldedText.FromText(status.Text);
        if (wanted.Length == 0)
        {
            return new Look.CannotTell("The text has no letter or digit to look for.");
        }

        if (
            status.Visibility is MastodonVisibility.Private or MastodonVisibility.Direct
            && await HidesWhatIsNotPublicAsync(cancellationToken) is not false
        )
        {
            return new Look.CannotTell(
                "This server shows only public posts in an account's list, or does not say what it is."
            );
        }

        if (await OwnIdAsync(cancellationToken) is not { } me)
        {
            return new Look.CannotTell("The server does not say now whose account this is.");
        }

        string? oldest = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var from = new ArrayOptions
            {
                Limit = PageSize,
                MaxId = oldest is null ? null : Uri.EscapeDataString(oldest),
            };
            var (call, posts) = await CallAsync(
                () => _mastonet.GetAccountStatuses(Uri.EscapeDataString(me), from, excludeReblogs: true),
                key: null,
                cancellationToken
            );
            if (!call.IsSuccess || posts is null)
            {
                return new Look.CannotTell(call.Words);
            }

            var earliest = since + call.ClockLead - Grain;
            if (
                posts.FirstOrDefault(post =>
                    post.Reblog is null && WrittenAt(post) >= earliest && Folded(post) == wanted
                ) is
                { } found
            )
            {
                return new Look.Found(found.Id, Verdict.Page(found.Url));
            }

            if (posts.Count == 0 || WrittenAt(posts[^1]) < earliest)
            {
                return new Look.NotThere();
            }

            if (posts[^1].Id == oldest)
            {
                // It does not turn pages: snac gives all it has at once.
                return posts.Count < SmallestPage
                    ? new Look.NotThere()
                    : new Look.CannotTell("The server does not say what comes after the first posts.");
            }

            oldest = posts[^1].Id;
        }

        return new Look.CannotTell($"More than {MaxPages * PageSize} posts since {since:u}.");
    }

    /// <inheritdoc/>
    public async Task<Answer<MastodonInstance>> InstanceAsync(CancellationToken cancellationToken)
    {
        var (call, _) = await CallAsync(_mastonet.GetInstanceV2, key: null, cancellationToken);
        if (call.Status == HttpStatusCode.NotFound)
        {
#pragma warning disable CS0618 // Older servers have version 1 only.
            (call, _) = await CallAsync(_mastonet.GetInstance, key: null, cancellationToken);
#pragma warning restore CS0618
        }

        if (call.Status == HttpStatusCode.NotFound)
        {
            LogUndescribed();
            return new Answer<MastodonInstance>.Got(new MastodonInstance { Version = "unknown" });
        }

        int? apiVersion = null;
        var instance = call.IsSuccess ? InstanceReader.Read(call.Body, out apiVersion) : null;
        if (instance is not null)
        {
            _capabilities = MastodonServers.CapabilitiesOf(instance.Software, apiVersion);
            _hidesWhatIsNotPublic = MastodonServers.HidesWhatIsNotPublic(instance.Software);
        }

        return Verdict.OfRead(call, instance);
    }

    /// <inheritdoc/>
    public async Task<Answer<MastodonAccount>> AccountAsync(CancellationToken cancellationToken)
    {
        var (call, account) = await CallAsync(_mastonet.GetCurrentUser, key: null, cancellationToken);
        var answer = Verdict.OfRead(
            call,
            account is { Id.Length: > 0, AccountName.Length: > 0 } ? Described(account) : null
        );
        _ownId = answer is Answer<MastodonAccount>.Got(var known) ? known.Id : _ownId;
        return answer;
    }

    /// <inheritdoc/>
    public async Task<MastodonAccess> AccessAsync(CancellationToken cancellationToken)
    {
        if (await OwnIdAsync(cancellationToken) is not { } me)
        {
            return default;
        }

        var (read, _) = await CallAsync(
            () => _mastonet.GetAccountStatuses(Uri.EscapeDataString(me), new ArrayOptions { Limit = 1 }),
            key: null,
            cancellationToken
        );

        // No server has a status 0. Scopes are checked before it is looked for, so "not there" says that we might have changed it.
        var (write, _) = await CallAsync(() => _mastonet.EditStatus("0", "0"), key: null, cancellationToken);
        return new MastodonAccess(
            read.IsSuccess ? true
                : read.Status == HttpStatusCode.Forbidden ? false
                : null,
            write.IsWordlessRefusal
                ? null
                : write.Status switch
                {
                    HttpStatusCode.Forbidden => false,
                    HttpStatusCode.NotFound
                    or HttpStatusCode.Gone
                    or HttpStatusCode.BadRequest
                    or HttpStatusCode.UnprocessableEntity => true,
                    _ => null,
                }
        );
    }

    /// <summary>Closes the client's connections.</summary>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<SendOutcome> WriteAsync(
        Func<Task<Status>> write,
        string? key,
        CancellationToken cancellationToken
    )
    {
        var (call, status) = await CallAsync(write, key, cancellationToken);

        // A refusal without a word: the status or the token? Only the second can be mended without losing the post, so it is worth a question.
        return call.IsWordlessRefusal && await AccountAsync(cancellationToken) is not Answer<MastodonAccount>.Got
            ? new SendOutcome.Unavailable(
                $"{Verdict.BadToken}, or so it seems: it refused without a word ({call.Words})."
            )
            : Verdict.OfWrite(call, status);
    }

    /// <summary>Calls Mastonet and writes down how it went. What it throws says less than the status does.</summary>
    private async Task<(Call Call, T? Value)> CallAsync<T>(
        Func<Task<T>> work,
        string? key,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var call = new Call(key, _wire.GetUtcNow() + _options.Patience, cancellationToken);
        Call.Current = call;
        try
        {
            return (call, await work());
        }
        catch (ServerErrorException e)
        {
            call.Words = $"{call.Words}: {Line(e.Message)}";
        }
        catch (TimeoutRejectedException e)
        {
            call.Words = $"{_options.Address.Host} did not answer within {e.Timeout.TotalSeconds:0} s.";
            call.Status = null;
        }
        catch (HttpRequestException e)
        {
            call.Words = $"{_options.Address.Host}: {Line($"{e.Message} {e.InnerException?.Message}")}";
            call.Status = null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            call.Words = $"Gave up waiting for {_options.Address.Host}.";
            call.Status = null;
        }
        catch (Exception) when (call.Status is not null)
        {
            // Mastonet could not read the answer: empty, a web page, or not what it expects.
        }

        return (call, null);
    }

    private async Task<string?> OwnIdAsync(CancellationToken cancellationToken) =>
        _ownId
        ?? (await AccountAsync(cancellationToken) is Answer<MastodonAccount>.Got(var account) ? account.Id : null);

    private async Task<bool?> HidesWhatIsNotPublicAsync(CancellationToken cancellationToken)
    {
        if (_hidesWhatIsNotPublic is null)
        {
            await InstanceAsync(cancellationToken);
        }

        return _hidesWhatIsNotPublic;
    }

    private static MastodonAccount Described(Account account)
    {
        IEnumerable<string> lines =
        [
            account.Source?.Note ?? MastodonServers.PlainText(account.Note),
            .. (account.Fields ?? []).Select(field => $"{field.Name}: {MastodonServers.PlainText(field.Value)}"),
        ];
        return new MastodonAccount(
            account.Id,
            account.AccountName,
            Verdict.Page(account.ProfileUrl),
            account.Bot ?? false,
            string.Join('\n', lines.Where(line => line.Length > 0))
        );
    }

    /// <summary>Where a server keeps what was sent, that is nearer than what it made of it.</summary>
    private static string Folded(Status post) =>
        post.Text is { Length: > 0 } sent ? FoldedText.FromText(sent) : FoldedText.FromHtml(post.Content);

    private static DateTimeOffset WrittenAt(Status post) => new(post.CreatedAt.ToUniversalTime());

    private static bool IsSensitive(MastodonStatus status) => !string.IsNullOrEmpty(status.Warning);

    private static Visibility VisibilityOf(MastodonStatus status) =>
        status.Visibility switch
        {
            MastodonVisibility.Public => Visibility.Public,
            MastodonVisibility.Unlisted => Visibility.Unlisted,
            MastodonVisibility.Private => Visibility.Private,
            MastodonVisibility.Direct => Visibility.Direct,
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };

    /// <summary>Somebody's words as one short line, without the secret should they echo it.</summary>
    private string Line(string text)
    {
        var line = string.Join(
            ' ',
            text.Replace(_options.AccessToken.Trim(), "…", StringComparison.Ordinal)
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        return line.Length > 200 ? $"{line[..200]}…" : line;
    }

    private static async Task<object> NothingOf(Task task)
    {
        await task;
        return task;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The server does not describe itself (api/v2/instance, api/v1/instance); Mastodon's own limits are assumed"
    )]
    private partial void LogUndescribed();
}
