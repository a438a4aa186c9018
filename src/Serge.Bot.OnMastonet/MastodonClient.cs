using System.Net;
using System.Text;
using Mastonet;
using Mastonet.Entities;
using Polly.Timeout;

namespace Serge.Bot.OnMastonet;

/// <summary>A client with the package Mastonet: its calls and entities, over the
/// <see cref="MastonetTransport"/>.</summary>
/// <remarks>Differences to the bot's own client: <c>docs/platforms.md</c>.</remarks>
public sealed partial class MastodonClient : IMastodon, IAsyncDisposable
{
    private const int MaxMessageLength = 200;

    private readonly MastodonClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<MastodonClient> _logger;
    private readonly HttpClient _http;
    private readonly Mastonet.MastodonClient _mastonet;
    private volatile Capabilities _capabilities = MastodonServers.UnknownCapabilities;
    private volatile string? _accountId;
    private bool? _hidesNonPublicPosts;

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
    }

    /// <inheritdoc/>
    public Capabilities Capabilities => _capabilities;

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(
        MastodonStatus status,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return WriteAsync(
            () =>
                _mastonet.PublishStatus(
                    status.Text,
                    GetVisibility(status),
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
            SendDeadline.None,
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<SendOutcome> DeleteAsync(string statusId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(statusId);
        var id = Uri.EscapeDataString(statusId);
        var (deletion, _) = await CallAsync(() => ToObjectAsync(_mastonet.DeleteStatus(id)), cancellationToken);
        if (deletion.IsSuccess)
        {
            return new SendOutcome.Sent(statusId, Url: null);
        }

        if (!deletion.IsGone)
        {
            return MastodonResponseDecoder.ToOutcome(deletion, status: null);
        }

        // A server that cannot delete answers as if the post did not exist (snac 2.75).
        var (read, _) = await CallAsync(() => _mastonet.GetStatus(id), cancellationToken);
        if (read.IsGone)
        {
            return new SendOutcome.Sent(statusId, Url: null);
        }

        if (read.IsSuccess)
        {
            return MastodonErrors.NotDeleted;
        }

        return MastodonResponseDecoder.ToOutcome(read, status: null);
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
            () => HidesNonPublicPostsAsync(cancellationToken),
            lastId => ReadPageAsync(lastId, cancellationToken)
        );
    }

    private async Task<Result<MastodonPostPage>> ReadPageAsync(string? lastId, CancellationToken cancellationToken)
    {
        if (await GetAccountIdAsync(cancellationToken) is not { } accountId)
        {
            return new Result<MastodonPostPage>.Unavailable("The server does not return the account of the token now.");
        }

        var options = new ArrayOptions { Limit = MastodonPostLookup.PageSize };
        if (lastId is not null)
        {
            options.MaxId = Uri.EscapeDataString(lastId);
        }

        var id = Uri.EscapeDataString(accountId);
        var (call, statuses) = await CallAsync(
            () => _mastonet.GetAccountStatuses(id, options, excludeReblogs: true),
            cancellationToken
        );
        if (!call.IsSuccess || statuses is null)
        {
            return new Result<MastodonPostPage>.Unavailable(call.Description);
        }

        return new MastodonPostPage([.. statuses.Select(ToListedPost)], call.ClockOffset);
    }

    /// <inheritdoc/>
    public async Task<Result<MastodonInstance>> GetInstanceAsync(CancellationToken cancellationToken)
    {
        var (call, _) = await CallAsync(_mastonet.GetInstanceV2, cancellationToken);
        if (call.Status == HttpStatusCode.NotFound)
        {
#pragma warning disable CS0618 // Older servers have version 1 only.
            (call, _) = await CallAsync(_mastonet.GetInstance, cancellationToken);
#pragma warning restore CS0618
        }

        if (call.Status == HttpStatusCode.NotFound)
        {
            LogNoDescription();
            return new MastodonInstance { Version = "unknown" };
        }

        // Mastonet's own types lack the limits of version 1 and the version of the API.
        var json = JsonReader.Parse(Encoding.UTF8.GetBytes(call.Body));
        var description = MastodonInstanceReader.Read(json);
        if (call.IsSuccess && description is not null)
        {
            _capabilities = description.Capabilities;
            _hidesNonPublicPosts = MastodonServers.HidesNonPublicPosts(description.Instance.Software);
        }

        return MastodonResponseDecoder.ToResult(call, description?.Instance);
    }

    /// <inheritdoc/>
    public async Task<Result<MastodonAccount>> GetAccountAsync(CancellationToken cancellationToken)
    {
        var (call, account) = await CallAsync(_mastonet.GetCurrentUser, cancellationToken);
        MastodonAccount? valid = null;
        if (account is { Id.Length: > 0, AccountName.Length: > 0 })
        {
            valid = ToAccount(account);
        }

        var read = MastodonResponseDecoder.ToResult(call, valid);
        if (read.TryGetValue(out var known))
        {
            _accountId = known.Id;
        }

        return read;
    }

    /// <inheritdoc/>
    public async Task<MastodonTokenScopes> GetTokenScopesAsync(CancellationToken cancellationToken)
    {
        if (await GetAccountIdAsync(cancellationToken) is not { } accountId)
        {
            return default;
        }

        var id = Uri.EscapeDataString(accountId);
        var options = new ArrayOptions { Limit = 1 };
        var (list, _) = await CallAsync(() => _mastonet.GetAccountStatuses(id, options), cancellationToken);
        bool? canRead = null;
        if (list.IsSuccess || list.Status == HttpStatusCode.Forbidden)
        {
            canRead = list.IsSuccess;
        }

        // No server has a status 0. The server checks scopes first, so "not found" means that the token may write.
        var (edit, _) = await CallAsync(() => _mastonet.EditStatus("0", "0"), cancellationToken);
        bool? canWrite = null;
        if (!edit.IsRefusalWithoutBody && edit.Status is { } status)
        {
            canWrite = MastodonErrors.AllowsWriting(status);
        }

        return new MastodonTokenScopes(canRead, canWrite);
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
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        var (call, status) = await CallAsync(write, key, deadline, cancellationToken);

        // The server refused the status or the token. With an invalid token, the post must be kept for later.
        if (
            call.IsRefusalWithoutBody && await GetAccountAsync(cancellationToken) is not Result<MastodonAccount>.Success
        )
        {
            return new SendOutcome.Unavailable(MastodonErrors.DescribeProbablyInvalidToken(call.Description));
        }

        return MastodonResponseDecoder.ToOutcome(call, status);
    }

    /// <summary>Calls Mastonet for something that changes nothing when it is repeated.</summary>
    private Task<(MastodonCall Call, T? Value)> CallAsync<T>(Func<Task<T>> run, CancellationToken cancellationToken)
        where T : class => CallAsync(run, key: null, SendDeadline.None, cancellationToken);

    /// <summary>Calls Mastonet and notes the result. Its exceptions say less than the status.</summary>
    private async Task<(MastodonCall Call, T? Value)> CallAsync<T>(
        Func<Task<T>> run,
        string? key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var host = _options.Address.Host;
        var call = new MastodonCall(key, _clock.GetUtcNow() + _options.CallTimeout, cancellationToken)
        {
            SendDeadline = deadline,
        };
        MastodonCall.Current = call;
        try
        {
            return (call, await run());
        }
        catch (ServerErrorException e)
        {
            call.Description = $"{call.Description}: {ToLine(e.Message)}";
        }
        catch (TimeoutRejectedException e)
        {
            call.Description = $"Timeout: {host} did not respond within {e.Timeout.TotalSeconds:0} s.";
            call.Status = null;
        }
        catch (SendDeadlineException e)
        {
            call.Description = e.Message;
            call.Status = null;
        }
        catch (HttpRequestException e)
        {
            call.Description = $"{host}: {ToLine(PlatformTransport.Describe(e))}";
            call.Status = null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            call.Description = $"The call to {host} was cancelled.";
            call.Status = null;
        }
        catch (Exception) when (call.Status is not null)
        {
            // Mastonet could not read the response: empty, a web page, or of another form.
        }

        return (call, null);
    }

    private async Task<string?> GetAccountIdAsync(CancellationToken cancellationToken)
    {
        if (_accountId is null)
        {
            await GetAccountAsync(cancellationToken);
        }

        return _accountId;
    }

    private async Task<bool?> HidesNonPublicPostsAsync(CancellationToken cancellationToken)
    {
        if (_hidesNonPublicPosts is null)
        {
            await GetInstanceAsync(cancellationToken);
        }

        return _hidesNonPublicPosts;
    }

    private static MastodonAccount ToAccount(Account account)
    {
        List<string> lines = [account.Source?.Note ?? MastodonServers.ToPlainText(account.Note)];
        foreach (var field in account.Fields ?? [])
        {
            lines.Add($"{field.Name}: {MastodonServers.ToPlainText(field.Value)}");
        }

        return new MastodonAccount(
            account.Id,
            account.AccountName,
            MastodonErrors.ParseWebUrl(account.ProfileUrl),
            account.Bot ?? false,
            string.Join('\n', lines.Where(line => line.Length > 0))
        );
    }

    private static MastodonListedPost ToListedPost(Status status)
    {
        var createdAt = new DateTimeOffset(status.CreatedAt.ToUniversalTime());
        var text = "";
        if (status.Reblog is null)
        {
            text = Normalize(status);
        }

        return new(status.Id, status.Url, createdAt, text);
    }

    /// <summary>The sent text, if the server returns it, is more exact than the HTML.</summary>
    private static string Normalize(Status status)
    {
        if (status.Text is { Length: > 0 } sentText)
        {
            return NormalizedPostText.FromText(sentText);
        }

        return NormalizedPostText.FromHtml(status.Content);
    }

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

    /// <summary>A text as one line, without the token in case the server repeats it.</summary>
    private string ToLine(string text)
    {
        var withoutToken = text.Replace(_options.AccessToken.Trim(), "…", StringComparison.Ordinal);
        return SingleLine.Create(withoutToken, MaxMessageLength);
    }

    /// <summary>Makes a task without a result fit for <c>CallAsync</c>.</summary>
    private static async Task<object> ToObjectAsync(Task task)
    {
        await task;
        return task;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The server has no description (api/v2/instance, api/v1/instance); Mastodon's default limits apply"
    )]
    private partial void LogNoDescription();
}
