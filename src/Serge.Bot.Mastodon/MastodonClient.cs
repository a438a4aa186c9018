using System.Net;
using System.Text.Json;

namespace Serge.Bot.Mastodon;

/// <summary>A small client of the Mastodon API, for the calls of a bot that posts.</summary>
/// <remarks>Thread-safe. Other servers with the API: <c>docs/platforms.md</c>.</remarks>
public sealed partial class MastodonClient : IMastodon, IAsyncDisposable
{
    private readonly MastodonRestClient _rest;
    private readonly MastodonMediaUploader _media;
    private readonly ILogger<MastodonClient> _logger;
    private readonly MastodonServerCache _server = new();

    /// <summary>Creates a client. It sends nothing yet.</summary>
    /// <param name="options">The address and the token.</param>
    /// <param name="clock">The system clock, for waits and timeouts.</param>
    /// <param name="random">The source of jitter. Used by several threads.</param>
    /// <param name="loggers">Creates the logger, for retries and the circuit breaker.</param>
    /// <exception cref="ArgumentException">The address is not one of HTTP, or the token has an invalid
    /// character.</exception>
    public MastodonClient(MastodonClientOptions options, TimeProvider clock, Random random, ILoggerFactory loggers)
        : this(options, clock, random, loggers, PlatformTransport.CreateForMastodon()) { }

    internal MastodonClient(
        MastodonClientOptions options,
        TimeProvider clock,
        Random random,
        ILoggerFactory loggers,
        HttpMessageHandler transport
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        _logger = loggers.CreateLogger<MastodonClient>();
        _rest = new MastodonRestClient(options, clock, random, _logger, transport);
        _media = new MastodonMediaUploader(SendMediaAsync, clock);
    }

    /// <inheritdoc/>
    public Capabilities Capabilities => _server.Capabilities;

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(
        MastodonStatus status,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        var upload = await _media.UploadAsync(status.Picture, key, deadline, cancellationToken);
        if (upload.Failure is { } failure)
        {
            return failure;
        }

        var mediaIds = status.Picture is null ? null : upload.Ids;
        var body = Serialize(status, GetVisibility(status.Visibility), mediaIds);
        var result = await _rest.PostAsync("api/v1/statuses", body, key, deadline, cancellationToken);
        return await ToOutcomeAsync(result, cancellationToken);
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
        var upload = await _media.UploadAsync(status.Picture, statusId, SendDeadline.None, cancellationToken);
        if (upload.Failure is { } failure)
        {
            return failure;
        }

        var result = await SendEditAsync(statusId, status, upload.Ids, cancellationToken);
        return await ToOutcomeAsync(result, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> DeleteAsync(string statusId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(statusId);
        var route = GetRoute(statusId);
        var result = await _rest.SendAsync(HttpMethod.Delete, route, json: null, cancellationToken);
        if (result.Response is { IsGone: true })
        {
            return await CheckDeletedAsync(statusId, cancellationToken);
        }

        if (result.Response is { IsSuccess: true, IsFromServer: true })
        {
            return new SendOutcome.Sent(statusId, Url: null);
        }

        return MastodonResponseDecoder.ToOutcome(result);
    }

    /// <inheritdoc/>
    public async Task<LookupResult> FindPublishedAsync(
        MastodonStatus status,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        return await MastodonPostLookup.FindAsync(
            status,
            since,
            () => _server.HidesNonPublicPostsAsync(() => GetInstanceAsync(cancellationToken)),
            lastId => ReadPageAsync(lastId, cancellationToken)
        );
    }

    /// <inheritdoc/>
    public async Task<Result<MastodonInstance>> GetInstanceAsync(CancellationToken cancellationToken)
    {
        var result = await _rest.GetAsync("api/v2/instance", cancellationToken);
        if (result.Response is { Status: HttpStatusCode.NotFound })
        {
            result = await _rest.GetAsync("api/v1/instance", cancellationToken);
        }

        if (result.Response is { Status: HttpStatusCode.NotFound, IsFromServer: true })
        {
            LogNoDescription();
            return new MastodonInstance { Version = "unknown" };
        }

        return _server.Store(MastodonResponseDecoder.ToResult(result, MastodonInstanceReader.Read));
    }

    /// <inheritdoc/>
    public async Task<Result<MastodonAccount>> GetAccountAsync(CancellationToken cancellationToken)
    {
        var result = await _rest.GetAsync("api/v1/accounts/verify_credentials", cancellationToken);
        return _server.Store(MastodonResponseDecoder.ToResult(result, MastodonReaders.ReadAccount));
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<string>>> GetFeaturedTagsAsync(
        string accountId,
        CancellationToken cancellationToken
    )
    {
        var route = $"api/v1/accounts/{Uri.EscapeDataString(accountId)}/featured_tags";
        var result = await _rest.GetAsync(route, cancellationToken);
        return MastodonResponseDecoder.ToResult(result, MastodonReaders.ReadTags);
    }

    /// <inheritdoc/>
    public Task<Result<MastodonMentions>> GetMentionsAsync(string? afterId, CancellationToken cancellationToken)
    {
        return MastodonMentionPages.ReadAsync(afterId, ReadPageAsync);

        async Task<Result<IReadOnlyList<MastodonNotification>>> ReadPageAsync(string route)
        {
            var result = await _rest.GetAsync(route, cancellationToken);
            return MastodonResponseDecoder.ToResult(result, MastodonReaders.ReadNotifications);
        }
    }

    /// <inheritdoc/>
    public async Task<MastodonTokenScopes> GetTokenScopesAsync(CancellationToken cancellationToken)
    {
        var readId = await GetAccountIdAsync(cancellationToken);
        if (!readId.TryGetValue(out var accountId))
        {
            return default;
        }

        var list = await _rest.GetAsync($"{GetListRoute(accountId)}?limit=1", cancellationToken);
        var edit = await SendEditAsync("0", new MastodonStatus { Text = "0" }, mediaIds: [], cancellationToken);
        return MastodonErrors.GetTokenScopes(list.Response, edit.Response);
    }

    /// <summary>Closes the client's connections.</summary>
    public ValueTask DisposeAsync()
    {
        _rest.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<MediaAnswer> SendMediaAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        var sending = request.Form is { } form
            ? _rest.UploadAsync(request.Route, form, request.Deadline, cancellationToken)
            : _rest.GetAsync(request.Route, cancellationToken);
        var result = await sending;
        var response = result.Response;
        if (response is { IsSuccess: true })
        {
            return new MediaAnswer(response.Status, response.Body, IsGone: false, Failure: null);
        }

        var failure = await ToOutcomeAsync(result, cancellationToken);
        return new MediaAnswer(response?.Status, default, response is { IsGone: true }, failure);
    }

    private async Task<Result<MastodonPostPage>> ReadPageAsync(string? lastId, CancellationToken cancellationToken)
    {
        var readId = await GetAccountIdAsync(cancellationToken);
        if (!readId.TryGetValue(out var accountId))
        {
            return readId.AsFailure<MastodonPostPage>();
        }

        var route = $"{GetListRoute(accountId)}?limit={MastodonPostLookup.PageSize}&exclude_reblogs=true";
        if (lastId is not null)
        {
            route += $"&max_id={Uri.EscapeDataString(lastId)}";
        }

        var result = await _rest.GetAsync(route, cancellationToken);
        var read = MastodonResponseDecoder.ToResult(result, MastodonReaders.ReadPosts);
        if (!read.TryGetValue(out var posts))
        {
            return read.AsFailure<MastodonPostPage>();
        }

        return new MastodonPostPage(posts, result.Response!.ClockOffset);
    }

    private Task<Result<string>> GetAccountIdAsync(CancellationToken cancellationToken) =>
        _server.GetAccountIdAsync(() => GetAccountAsync(cancellationToken));

    private async Task<SendOutcome> ToOutcomeAsync(CallResult result, CancellationToken cancellationToken)
    {
        if (result.Response is not { IsRefusalWithoutBody: true } response)
        {
            return MastodonResponseDecoder.ToOutcome(result);
        }

        // The server refused the status or the token. With an invalid token, the post must be kept for later.
        if (await GetAccountAsync(cancellationToken) is Result<MastodonAccount>.Success)
        {
            return MastodonResponseDecoder.ToOutcome(result);
        }

        return new SendOutcome.Unavailable(MastodonErrors.DescribeProbablyInvalidToken(response.Description));
    }

    /// <summary>A server that cannot delete answers as if the post did not exist (snac 2.75).</summary>
    private async Task<SendOutcome> CheckDeletedAsync(string statusId, CancellationToken cancellationToken)
    {
        var result = await _rest.GetAsync(GetRoute(statusId), cancellationToken);
        if (result.Response is { IsGone: true })
        {
            return new SendOutcome.Sent(statusId, Url: null);
        }

        if (result.Response is { IsSuccess: true, IsFromServer: true })
        {
            return MastodonErrors.NotDeleted;
        }

        return MastodonResponseDecoder.ToOutcome(result);
    }

    private Task<CallResult> SendEditAsync(
        string statusId,
        MastodonStatus status,
        IReadOnlyList<string> mediaIds,
        CancellationToken cancellationToken
    )
    {
        var body = Serialize(status, visibility: null, mediaIds);
        return _rest.SendAsync(HttpMethod.Put, GetRoute(statusId), body, cancellationToken);
    }

    private static string GetListRoute(string accountId) =>
        $"api/v1/accounts/{Uri.EscapeDataString(accountId)}/statuses";

    private static string GetRoute(string statusId) => $"api/v1/statuses/{Uri.EscapeDataString(statusId)}";

    private static byte[] Serialize(MastodonStatus status, string? visibility, IReadOnlyList<string>? mediaIds)
    {
        var warning = status.Warning ?? "";
        var body = new StatusToSend(status.Text, warning, warning.Length > 0, status.Language, visibility, mediaIds);
        return JsonSerializer.SerializeToUtf8Bytes(body, MastodonJson.Default.StatusToSend);
    }

    private static string GetVisibility(MastodonVisibility visibility) =>
        visibility switch
        {
            MastodonVisibility.Public => "public",
            MastodonVisibility.Unlisted => "unlisted",
            MastodonVisibility.Private => "private",
            MastodonVisibility.Direct => "direct",
            _ => throw new ArgumentOutOfRangeException(nameof(visibility)),
        };

    [LoggerMessage(
        LogLevel.Warning,
        "The server has no description (api/v2/instance, api/v1/instance); Mastodon's default limits apply"
    )]
    private partial void LogNoDescription();
}
