using System.Net;
using System.Text.Json;
using Serge.Bot.Mastodon.Model;
using Serge.Bot.Mastodon.Rest;

namespace Serge.Bot.Mastodon;

/// <summary>A lean client of the Mastodon API: the few calls a bot makes, with an exact account of what became of each.</summary>
/// <remarks>Safe for use from several threads. What it knows of other servers: <c>docs/platforms.md</c>.</remarks>
public sealed partial class MastodonClient : IMastodon, IAsyncDisposable
{
    /// <summary>The most a server gives at once.</summary>
    /// <remarks>Source: Mastodon docs, methods/accounts, <c>GET /api/v1/accounts/:id/statuses</c>.</remarks>
    internal const int PageSize = 40;

    /// <summary>A look gives up after so many pages: nobody has posted 200 times since a send began, unless the clocks are wrong.</summary>
    internal const int MaxPages = 5;

    private readonly MastodonRest _rest;
    private readonly ILogger<MastodonClient> _log;
    private volatile Capabilities _capabilities = MastodonServers.Unknown;
    private volatile string? _ownId;
    private bool? _hidesWhatIsNotPublic;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="options">Where, as whom, how patient.</param>
    /// <param name="wire">The clock of waits and time-outs.</param>
    /// <param name="random">Spreads retries.</param>
    /// <param name="loggers">Where retries and pauses are written.</param>
    /// <exception cref="ArgumentException">The address is not of http or https, or the token cannot be one.</exception>
    public MastodonClient(MastodonClientOptions options, TimeProvider wire, Random random, ILoggerFactory loggers)
        : this(options, wire, random, loggers, MastodonRest.Transport()) { }

    internal MastodonClient(
        MastodonClientOptions options,
        TimeProvider wire,
        Random random,
        ILoggerFactory loggers,
        HttpMessageHandler transport
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        _log = loggers.CreateLogger<MastodonClient>();
        _rest = new MastodonRest(options, wire, random, _log, transport);
    }

    /// <inheritdoc/>
    public Capabilities Capabilities => _capabilities;

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(MastodonStatus status, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return await WriteAsync(
            HttpMethod.Post,
            "api/v1/statuses",
            Body(status, Visibility(status.Visibility)),
            key,
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> EditAsync(
        string statusId,
        MastodonStatus status,
        CancellationToken cancellationToken
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(statusId);
        ArgumentNullException.ThrowIfNull(status);
        return await WriteAsync(
            HttpMethod.Put,
            Route(statusId),
            Body(status, visibility: null),
            key: null,
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> DeleteAsync(string statusId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(statusId);
        var exchange = await _rest.SendAsync(
            HttpMethod.Delete,
            Route(statusId),
            json: null,
            key: null,
            cancellationToken
        );
        return exchange switch
        {
            Exchange.Answered { IsSuccess: true } => new SendOutcome.Sent(statusId, Url: null),
            Exchange.Answered { IsGone: true } => await GoneOrNotOfferedAsync(statusId, cancellationToken),
            _ => Verdict.OfWrite(exchange),
        };
    }

    /// <inheritdoc/>
    public async Task<LookupResult> FindPublishedAsync(
        MastodonStatus status,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(status);
        var wanted = NormalizedPostText.FromText(status.Text);
        if (wanted.Length == 0)
        {
            return new LookupResult.Inconclusive("The text has no letter or digit to look for.");
        }

        if (
            status.Visibility is MastodonVisibility.Private or MastodonVisibility.Direct
            && await HidesWhatIsNotPublicAsync(cancellationToken) is not false
        )
        {
            return new LookupResult.Inconclusive(
                "This server shows only public posts in an account's list, or does not say what it is."
            );
        }

        var own = await OwnIdAsync(cancellationToken);
        if (own is not Result<string>.Success { Value: var me })
        {
            return new LookupResult.Inconclusive(Reason(own));
        }

        var route = $"{StatusesRoute(me)}?limit={PageSize}&exclude_reblogs=true";
        string? oldest = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var after = oldest is null ? "" : $"&max_id={Uri.EscapeDataString(oldest)}";
            var exchange = await _rest.GetAsync(route + after, cancellationToken);
            var answer = Verdict.OfRead(exchange, ListedStatus.ReadAll);
            if (
                exchange is not Exchange.Answered { ClockLead: var lead }
                || answer is not Result<IReadOnlyList<ListedStatus>>.Success { Value: var posts }
            )
            {
                return new LookupResult.Inconclusive(Reason(answer));
            }

            if (OwnPosts.LookAt(posts, wanted, since, lead, oldest) is { } look)
            {
                return look;
            }

            oldest = posts[^1].Id;
        }

        return new LookupResult.Inconclusive($"More than {MaxPages * PageSize} posts since {since:u}.");
    }

    /// <inheritdoc/>
    public async Task<Result<MastodonInstance>> GetInstanceAsync(CancellationToken cancellationToken)
    {
        foreach (var route in (string[])["api/v2/instance", "api/v1/instance"])
        {
            var exchange = await _rest.GetAsync(route, cancellationToken);
            if (exchange is Exchange.Answered { Status: HttpStatusCode.NotFound })
            {
                continue;
            }

            return Verdict.OfRead(
                exchange,
                instance =>
                {
                    var described = ReadInstance(instance);
                    if (described is not null)
                    {
                        _capabilities = MastodonServers.CapabilitiesOf(described.Software, ReadApiVersion(instance));
                        _hidesWhatIsNotPublic = MastodonServers.HidesWhatIsNotPublic(described.Software);
                    }

                    return described;
                }
            );
        }

        LogUndescribed();
        return new Result<MastodonInstance>.Success(new MastodonInstance { Version = "unknown" });
    }

    /// <inheritdoc/>
    public async Task<Result<MastodonAccount>> GetAccountAsync(CancellationToken cancellationToken)
    {
        var exchange = await _rest.GetAsync("api/v1/accounts/verify_credentials", cancellationToken);
        var answer = Verdict.OfRead(exchange, ReadAccount);
        if (answer is Result<MastodonAccount>.Success { Value.Id: var id })
        {
            _ownId = id;
        }

        return answer;
    }

    /// <inheritdoc/>
    public async Task<MastodonAccess> GetTokenScopesAsync(CancellationToken cancellationToken)
    {
        if (await OwnIdAsync(cancellationToken) is not Result<string>.Success { Value: var me })
        {
            return default;
        }

        var read = await _rest.GetAsync($"{StatusesRoute(me)}?limit=1", cancellationToken);

        // No server has a status 0. Scopes are checked before it is looked for, so "not there" says that we might have changed it.
        var write = await _rest.SendAsync(
            HttpMethod.Put,
            Route("0"),
            Body(new MastodonStatus { Text = "0" }, visibility: null),
            key: null,
            cancellationToken
        );
        return new MastodonAccess(
            read switch
            {
                Exchange.Answered { IsSuccess: true } => true,
                Exchange.Answered { Status: HttpStatusCode.Forbidden } => false,
                _ => null,
            },
            write switch
            {
                Exchange.Answered { IsWordlessRefusal: true } => null,
                Exchange.Answered { Status: HttpStatusCode.Forbidden } => false,
                Exchange.Answered
                {
                    Status: HttpStatusCode.NotFound
                        or HttpStatusCode.Gone
                        or HttpStatusCode.BadRequest
                        or HttpStatusCode.UnprocessableEntity
                } => true,
                _ => null,
            }
        );
    }

    /// <summary>Closes the client's connections.</summary>
    public ValueTask DisposeAsync()
    {
        _rest.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Result<string>> OwnIdAsync(CancellationToken cancellationToken) =>
        _ownId is { } known
            ? new Result<string>.Success(known)
            : await GetAccountAsync(cancellationToken) switch
            {
                Result<MastodonAccount>.Success { Value.Id: var id } => new Result<string>.Success(id),
                var other => new Result<string>.Unavailable(Reason(other)),
            };

    private async Task<SendOutcome> WriteAsync(
        HttpMethod method,
        string route,
        byte[] json,
        string? key,
        CancellationToken cancellationToken
    )
    {
        var exchange = await _rest.SendAsync(method, route, json, key, cancellationToken);
        if (exchange is not Exchange.Answered { IsWordlessRefusal: true } answer)
        {
            return Verdict.OfWrite(exchange);
        }

        // The status or the token? Only the second can be mended without losing the post, so it is worth a question.
        return await GetAccountAsync(cancellationToken) is Result<MastodonAccount>.Success
            ? Verdict.OfWrite(answer)
            : new SendOutcome.Unavailable(
                $"{Verdict.BadToken}, or so it seems: it refused without a word ({answer.Words})."
            );
    }

    /// <summary>Whether our own followers-only posts are missing from our own list; <see langword="null"/> if that cannot be learned now.</summary>
    private async Task<bool?> HidesWhatIsNotPublicAsync(CancellationToken cancellationToken)
    {
        if (_hidesWhatIsNotPublic is null)
        {
            await GetInstanceAsync(cancellationToken);
        }

        return _hidesWhatIsNotPublic;
    }

    /// <summary>A server without deletion answers as one where the status is gone (snac 2.75).</summary>
    private async Task<SendOutcome> GoneOrNotOfferedAsync(string statusId, CancellationToken cancellationToken) =>
        await _rest.GetAsync(Route(statusId), cancellationToken) switch
        {
            Exchange.Answered { IsGone: true } => new SendOutcome.Sent(statusId, Url: null),
            Exchange.Answered { IsSuccess: true } => new SendOutcome.Refused(
                Refusal.Forbidden,
                "The server does not delete: the post is still there."
            ),
            var exchange => Verdict.OfWrite(exchange),
        };

    private static string StatusesRoute(string accountId) =>
        $"api/v1/accounts/{Uri.EscapeDataString(accountId)}/statuses";

    private static string Route(string statusId) => $"api/v1/statuses/{Uri.EscapeDataString(statusId)}";

    private static byte[] Body(MastodonStatus status, string? visibility) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new StatusToSend(
                status.Text,
                status.Warning ?? "",
                !string.IsNullOrEmpty(status.Warning),
                status.Language,
                visibility
            ),
            MastodonJson.Default.StatusToSend
        );

    private static string Visibility(MastodonVisibility visibility) =>
        visibility switch
        {
            MastodonVisibility.Public => "public",
            MastodonVisibility.Unlisted => "unlisted",
            MastodonVisibility.Private => "private",
            MastodonVisibility.Direct => "direct",
            _ => throw new ArgumentOutOfRangeException(nameof(visibility)),
        };

    private static MastodonInstance? ReadInstance(JsonElement? instance)
    {
        if (instance.Member("version").Text() is not { } version)
        {
            return null;
        }

        // Older Pleroma and Akkoma have no configuration, but max_toot_chars.
        var statuses = instance.Member("configuration").Member("statuses");
        var most = statuses.Member("max_characters").Number() ?? instance.Member("max_toot_chars").Number();
        var reserved = statuses.Member("characters_reserved_per_url").Number();
        return new MastodonInstance
        {
            Version = version,
            Software = MastodonServers.SoftwareOf(version, instance.Member("source_url").Text()),
            MaxCharacters = most > 0 ? (int)Math.Min(most.Value, int.MaxValue) : 500,
            CharactersReservedPerUrl = reserved is >= 0 and < 1000 ? (int)reserved : 23,
        };
    }

    /// <summary>Mastodon has it from 4.3 on, in version 2 of its description.</summary>
    private static int? ReadApiVersion(JsonElement? instance) =>
        instance.Member("api_versions").Member("mastodon").Number() is { } version and <= int.MaxValue
            ? (int)version
            : null;

    private static MastodonAccount? ReadAccount(JsonElement json)
    {
        JsonElement? account = json;
        if (account.Member("id").Id() is not { } id || account.Member("acct").Text() is not { } acct)
        {
            return null;
        }

        IEnumerable<string> lines =
        [
            account.Member("source").Member("note").Text() ?? PlainText(account.Member("note")),
            .. account
                .Member("fields")
                .Elements()
                .Where(field => field is { ValueKind: JsonValueKind.Object })
                .Select(field => $"{field.Member("name").Text()}: {PlainText(field.Member("value"))}"),
        ];
        var note = string.Join('\n', lines.Where(line => line.Length > 0));
        var isBot = account.Member("bot") is { ValueKind: JsonValueKind.True };
        return new MastodonAccount(id, acct, Verdict.Page(account.Member("url").Text()), isBot, note);
    }

    private static string PlainText(JsonElement? html) => MastodonServers.PlainText(html.Text() ?? "");

    private static string Reason<T>(Result<T> answer) =>
        answer switch
        {
            Result<T>.Refused refused => refused.Reason,
            Result<T>.Unauthorized unauthorized => unauthorized.Reason,
            Result<T>.Unavailable unavailable => unavailable.Reason,
            _ => "",
        };

    [LoggerMessage(
        LogLevel.Warning,
        "The server does not describe itself (api/v2/instance, api/v1/instance); Mastodon's own limits are assumed"
    )]
    private partial void LogUndescribed();
}
