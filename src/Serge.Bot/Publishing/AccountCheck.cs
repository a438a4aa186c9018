namespace Serge.Bot.Publishing;

/// <summary>Checks the Mastodon account and its server: access, limits, missing features and policy. The worker runs it
/// at the start, and <c>serge doctor</c> on request.</summary>
internal sealed class AccountCheck(
    IMastodon mastodon,
    InstanceLimits limits,
    MastodonRenderer renderer,
    LiveCatalogue catalogue,
    BotSettings settings,
    Clocks clocks
)
{
    private readonly MastodonSettings _settings =
        settings.Mastodon ?? throw new ArgumentException("Mastodon is off.", nameof(settings));
    private volatile IReadOnlyList<Diagnostic>? _last;

    /// <summary>Why nothing may be posted now; <see langword="null"/> if posts are allowed. Only set where
    /// <c>Mastodon:PolicyChecks</c> is <c>enforce</c>.</summary>
    public string? BlockedReason
    {
        get
        {
            if (!_settings.EnforcesPolicyChecks)
            {
                return null;
            }

            if (_last is not { } last)
            {
                return "Mastodon:PolicyChecks is enforce, and the account has not been checked yet.";
            }

            var obstacle = last.FirstOrDefault(diagnostic => diagnostic.IsObstacle);
            if (obstacle is null)
            {
                return null;
            }

            return $"Mastodon:PolicyChecks is enforce, so nothing is posted there. {obstacle.Message}";
        }
    }

    /// <summary>Requests the server's and the account's data and checks them.</summary>
    /// <returns>At least one diagnostic, the most important first.</returns>
    public async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancellationToken)
    {
        var diagnostics = await CheckAsync(cancellationToken);
        _last = diagnostics;
        return diagnostics;
    }

    private async Task<IReadOnlyList<Diagnostic>> CheckAsync(CancellationToken cancellationToken)
    {
        AccountFailures failures = new(_settings);
        var instanceResult = await limits.RefreshAsync(mastodon, cancellationToken);
        if (instanceResult is not Result<MastodonInstance>.Success(var instance))
        {
            return [failures.Describe(instanceResult)];
        }

        var accountResult = await mastodon.GetAccountAsync(cancellationToken);
        if (accountResult is not Result<MastodonAccount>.Success(var account))
        {
            return [failures.Describe(accountResult, instance)];
        }

        var access = await mastodon.GetTokenScopesAsync(cancellationToken);
        (await mastodon.GetFeaturedTagsAsync(account.Id, cancellationToken)).TryGetValue(out var featured);
        return
        [
            DescribeAccount(account, instance),
            .. CheckScopes(access),
            .. await CheckMentionsAsync(cancellationToken),
            .. ServerNotes.Find(instance, mastodon.Capabilities, settings),
            .. FindTooLong(),
            .. ProfileChecks.Run(account, featured, renderer.GetTags()),
            .. PolicyChecks.Run(settings, _settings, account, clocks.Schedule.GetUtcNow()),
        ];
    }

    private static Diagnostic DescribeAccount(MastodonAccount account, MastodonInstance instance)
    {
        var message =
            $"ready: posts as {account.Acct}; server version {instance.Version}, "
            + $"at most {instance.MaxCharacters} characters per post";
        return new Diagnostic(DiagnosticKind.Ok, message);
    }

    private static IEnumerable<Diagnostic> CheckScopes(MastodonTokenScopes access)
    {
        if (access.WriteStatuses == false)
        {
            yield return Diagnostic.Error(
                "Mastodon:AccessToken may not post, so nothing is posted there. Create a new token with the "
                    + "scope write:statuses."
            );
        }

        if (access.ReadStatuses == false)
        {
            yield return Diagnostic.Error(
                "Mastodon:AccessToken may not read its own posts, so a post whose response was lost cannot be looked "
                    + "up. Create a new token with the scope read:statuses."
            );
        }
    }

    /// <summary>Whether mentions can be read, if they are to be forwarded. Posts do not depend on it.</summary>
    private async Task<IReadOnlyList<Diagnostic>> CheckMentionsAsync(CancellationToken cancellationToken)
    {
        if (!_settings.ForwardsMentions)
        {
            return [];
        }

        var result = await mastodon.GetMentionsAsync(afterId: null, cancellationToken);
        if (result is not Result<MastodonMentions>.Refused(Refusal.Forbidden, _))
        {
            return [];
        }

        return
        [
            Diagnostic.Warning(
                "Mastodon:ForwardMentions is true, but Mastodon:AccessToken may not read notifications, so no mention "
                    + "is forwarded. Create a new token with the scope read:notifications, or remove the setting."
            ) with
            {
                ConcernsPosts = false,
            },
        ];
    }

    private IEnumerable<Diagnostic> FindTooLong()
    {
        var tooLong = renderer.FindTooLong(catalogue.Current);
        var ids = string.Join(", ", tooLong.Select(found => found.Quote.Id));
        if (ids.Length > 0)
        {
            yield return Diagnostic.Note(
                "Too long for this server and therefore never posted there, because quotations are "
                    + $"not shortened: {ids}"
            );
        }
    }
}
