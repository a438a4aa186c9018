using System.Net;
using Mastonet;

namespace Serge.Bot.OnMastonet;

/// <summary>A client with the package Mastonet: its calls and entities, over the
/// <see cref="MastonetTransport"/>.</summary>
/// <remarks>Mastonet itself supports <c>https</c> only; the transport replaces the address. Mastonet refuses every host
/// with <c>gab.</c> or <c>truthsocial.</c> in its name. Differences to the bot's own client:
/// <c>docs/platforms.md</c>.</remarks>
public sealed partial class MastodonClient : IMastodon, IAsyncDisposable
{
    private readonly MastodonClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<MastodonClient> _logger;
    private readonly HttpClient _http;
    private readonly Mastonet.MastodonClient _mastonet;
    private readonly MastodonMediaUploader _media;
    private readonly MastodonServerCache _server = new();

    /// <summary>Creates a client. It sends nothing yet.</summary>
    /// <param name="options">The address and the token.</param>
    /// <param name="clock">The system clock, for waits and timeouts.</param>
    /// <param name="random">The source of jitter. Used by several threads.</param>
    /// <param name="loggers">Creates the logger, for retries.</param>
    /// <exception cref="ArgumentException">The address is not one of HTTP, or the token has an invalid
    /// character.</exception>
    public MastodonClient(MastodonClientOptions options, TimeProvider clock, Random random, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        var token = options.AccessToken.Trim();
        MastodonServers.ThrowIfInvalid(options.Address, token);
        _options = options;
        _clock = clock;
        _logger = loggers.CreateLogger<MastodonClient>();
        var transport = new MastonetTransport(options, clock, random, _logger);
        _http = new HttpClient(transport) { Timeout = Timeout.InfiniteTimeSpan };
        var path = options.Address.AbsolutePath.TrimEnd('/');
        _mastonet = new Mastonet.MastodonClient(options.Address.Authority + path, token, _http);
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

        return await WriteAsync(
            () =>
                _mastonet.PublishStatus(
                    status.Text,
                    GetVisibility(status),
                    mediaIds: upload.Ids,
                    sensitive: IsSensitive(status),
                    spoilerText: status.Warning ?? "",
                    language: status.Language
                ),
            key,
            deadline,
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
        var upload = await _media.UploadAsync(status.Picture, statusId, SendDeadline.None, cancellationToken);
        if (upload.Failure is { } failure)
        {
            return failure;
        }

        // Without ids a server removes the files of the status.
        return await WriteAsync(
            () =>
                _mastonet.EditStatus(
                    Uri.EscapeDataString(statusId),
                    status.Text,
                    mediaIds: upload.Ids,
                    sensitive: IsSensitive(status),
                    spoilerText: status.Warning ?? "",
                    language: status.Language
                ),
            key: null,
            SendDeadline.None,
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> DeleteAsync(string statusId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(statusId);
        var id = Uri.EscapeDataString(statusId);
        var deletion = await CallAsync(() => _mastonet.DeleteStatus(id), cancellationToken);
        if (deletion.Response is { IsSuccess: true, IsFromServer: true })
        {
            return new SendOutcome.Sent(statusId, Url: null);
        }

        if (deletion.Response is not { IsGone: true })
        {
            return MastodonResponseDecoder.ToOutcome(deletion);
        }

        // A server that cannot delete answers as if the post did not exist (snac 2.75).
        var read = await CallAsync(() => _mastonet.GetStatus(id), cancellationToken);
        if (read.Response is { IsGone: true })
        {
            return new SendOutcome.Sent(statusId, Url: null);
        }

        if (read.Response is { IsSuccess: true, IsFromServer: true })
        {
            return MastodonErrors.NotDeleted;
        }

        return MastodonResponseDecoder.ToOutcome(read);
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

    private async Task<Result<MastodonPostPage>> ReadPageAsync(string? lastId, CancellationToken cancellationToken)
    {
        var readId = await GetAccountIdAsync(cancellationToken);
        if (!readId.TryGetValue(out var accountId))
        {
            return readId.AsFailure<MastodonPostPage>();
        }

        var options = new ArrayOptions { Limit = MastodonPostLookup.PageSize };
        if (lastId is not null)
        {
            options.MaxId = Uri.EscapeDataString(lastId);
        }

        var id = Uri.EscapeDataString(accountId);
        var call = await CallAsync(
            () => _mastonet.GetAccountStatuses(id, options, excludeReblogs: true),
            cancellationToken
        );
        var read = MastodonResponseDecoder.ToResult(call, MastodonReaders.ReadPosts);
        if (!read.TryGetValue(out var posts))
        {
            return read.AsFailure<MastodonPostPage>();
        }

        return new MastodonPostPage(posts, call.ClockOffset);
    }

    /// <inheritdoc/>
    public async Task<Result<MastodonInstance>> GetInstanceAsync(CancellationToken cancellationToken)
    {
        var call = await CallAsync(_mastonet.GetInstanceV2, cancellationToken);
        if (call.Status == HttpStatusCode.NotFound)
        {
#pragma warning disable CS0618 // Older servers have version 1 only.
            call = await CallAsync(_mastonet.GetInstance, cancellationToken);
#pragma warning restore CS0618
        }

        if (call.Response is { Status: HttpStatusCode.NotFound, IsFromServer: true })
        {
            LogNoDescription();
            return new MastodonInstance { Version = "unknown" };
        }

        // Mastonet's own types lack the limits of version 1 and the version of the API.
        return _server.Store(MastodonResponseDecoder.ToResult(call, MastodonInstanceReader.Read));
    }

    /// <inheritdoc/>
    public async Task<Result<MastodonAccount>> GetAccountAsync(CancellationToken cancellationToken)
    {
        var call = await CallAsync(_mastonet.GetCurrentUser, cancellationToken);
        return _server.Store(MastodonResponseDecoder.ToResult(call, MastodonReaders.ReadAccount));
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<string>>> GetFeaturedTagsAsync(
        string accountId,
        CancellationToken cancellationToken
    )
    {
        var route = $"api/v1/accounts/{Uri.EscapeDataString(accountId)}/featured_tags";
        var call = await GetDirectlyAsync(route, cancellationToken);
        return MastodonResponseDecoder.ToResult(call, MastodonReaders.ReadTags);
    }

    /// <inheritdoc/>
    public Task<Result<MastodonMentions>> GetMentionsAsync(string? afterId, CancellationToken cancellationToken)
    {
        return MastodonMentionPages.ReadAsync(afterId, ReadPageAsync);

        async Task<Result<IReadOnlyList<MastodonNotification>>> ReadPageAsync(string route)
        {
            var call = await GetDirectlyAsync(route, cancellationToken);
            return MastodonResponseDecoder.ToResult(call, MastodonReaders.ReadNotifications);
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

        var id = Uri.EscapeDataString(accountId);
        var options = new ArrayOptions { Limit = 1 };
        var list = await CallAsync(() => _mastonet.GetAccountStatuses(id, options), cancellationToken);
        var edit = await CallAsync(() => _mastonet.EditStatus("0", "0"), cancellationToken);
        return MastodonErrors.GetTokenScopes(list.Response, edit.Response);
    }

    /// <summary>Closes the client's connections.</summary>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<Result<string>> GetAccountIdAsync(CancellationToken cancellationToken) =>
        _server.GetAccountIdAsync(() => GetAccountAsync(cancellationToken));

    private static bool IsSensitive(MastodonStatus status) => !string.IsNullOrEmpty(status.Warning);

    private static Visibility GetVisibility(MastodonStatus status) =>
        status.Visibility switch
        {
            MastodonVisibility.Public => Visibility.Public,
            MastodonVisibility.Unlisted => Visibility.Unlisted,
            MastodonVisibility.Private => Visibility.Private,
            MastodonVisibility.Direct => Visibility.Direct,
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };

    [LoggerMessage(
        LogLevel.Warning,
        "The server has no description (api/v2/instance, api/v1/instance); Mastodon's default limits apply"
    )]
    private partial void LogNoDescription();
}
