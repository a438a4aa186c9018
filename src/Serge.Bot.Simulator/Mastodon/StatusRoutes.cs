namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Statuses: post, read, change, delete.</summary>
/// <remarks>Source: Mastodon docs, methods/statuses.</remarks>
internal static class StatusRoutes
{
    private static readonly string[] Writing = ["write", "write:statuses"];
    private static readonly string[] Visibilities = ["public", "unlisted", "private", "direct"];

    public static IEnumerable<MastodonRoute> All { get; } =
    [
        new("POST", "/api/v1/statuses", Create) { Scopes = Writing },
        new("GET", "/api/v1/statuses/{id}", Get),
        new("PUT", "/api/v1/statuses/{id}", Edit) { Scopes = Writing },
        new("DELETE", "/api/v1/statuses/{id}", Delete) { Scopes = Writing },
    ];

    private static MastodonAnswer Create(MastodonRequest request)
    {
        var world = request.World;
        world.Limits.StatusLeft(request.Account).AddTo(request.Headers);
        var key = request.Context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 0 && world.Recall(request.Account, key) is { } made)
        {
            return world.FindStatus(made) is { } existing ? MastodonAnswer.Ok(request.Json(existing)) : MastodonAnswer.NotFound;
        }

        if (Draft(request, null, out var refusal) is not { } status)
        {
            return refusal!;
        }

        var allowance = world.Limits.Status(request.Account);
        allowance.AddTo(request.Headers);
        if (allowance.Over)
        {
            return MastodonAnswer.TooMany;
        }

        world.Add(status);
        if (key.Length > 0)
        {
            world.Remember(request.Account, key, status.Id);
        }

        return MastodonAnswer.Ok(request.Json(status));
    }

    private static MastodonAnswer Get(MastodonRequest request) =>
        request.World.FindStatus(request.Text("id")) is { } status && MaySee(request, status)
            ? MastodonAnswer.Ok(request.Json(status))
            : MastodonAnswer.NotFound;

    private static MastodonAnswer Edit(MastodonRequest request)
    {
        if (request.World.FindStatus(request.Text("id")) is not { } status || status.Account != request.Account)
        {
            return MastodonAnswer.NotFound;
        }

        if (Draft(request, status, out var refusal) is not { } changed)
        {
            return refusal!;
        }

        var allowance = request.World.Limits.Status(request.Account);
        allowance.AddTo(request.Headers);
        if (allowance.Over)
        {
            return MastodonAnswer.TooMany;
        }

        request.World.Replace(changed);
        return MastodonAnswer.Ok(request.Json(changed));
    }

    private static MastodonAnswer Delete(MastodonRequest request)
    {
        var allowance = request.World.Limits.Delete(request.Account);
        allowance.AddTo(request.Headers);
        if (allowance.Over)
        {
            return MastodonAnswer.TooMany;
        }

        if (request.World.FindStatus(request.Text("id")) is not { } status || status.Account != request.Account)
        {
            return MastodonAnswer.NotFound;
        }

        request.World.Erase(status);
        // What is deleted comes back with its source, to be drafted anew.
        var json = request.Json(status);
        json.Remove("content");
        json["text"] = status.Text;
        return MastodonAnswer.Ok(json);
    }

    private static bool MaySee(MastodonRequest request, Status status) =>
        status.Visibility is "public" or "unlisted" || request.Token?.Account == status.Account;

    /// <summary>Reads a new status, or the change of one.</summary>
    private static Status? Draft(MastodonRequest request, Status? old, out MastodonAnswer? refusal)
    {
        var (parameters, world, account) = (request.Parameters, request.World, request.Account);
        refusal = null;
        var text = parameters.Text("status") ?? old?.Text ?? "";
        var spoiler = parameters.Text("spoiler_text") ?? old?.SpoilerText ?? "";
        var sensitive = (parameters.Flag("sensitive") ?? old?.Sensitive ?? false) || spoiler.Length > 0;
        if (string.IsNullOrWhiteSpace(text) && !string.IsNullOrWhiteSpace(spoiler))
        {
            (text, spoiler) = (spoiler, "");
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            refusal = MastodonAnswer.Invalid("Text can't be blank");
            return null;
        }

        var visibility = old?.Visibility ?? parameters.Text("visibility") ?? account.DefaultVisibility;
        if (!Visibilities.Contains(visibility))
        {
            refusal = MastodonAnswer.Invalid("Visibility is not included in the list");
            return null;
        }

        StatusText read = new(text, world.Settings.CharactersReservedPerUrl, world.FindByName, request.Server);
        if (StatusText.Graphemes(spoiler) + read.Length > world.Settings.MaxCharacters)
        {
            refusal = MastodonAnswer.Invalid($"Text character limit of {world.Settings.MaxCharacters} exceeded");
            return null;
        }

        var now = world.Clock.GetUtcNow();
        return new Status
        {
            Id = old?.Id ?? world.NextId(),
            Account = account,
            Text = text,
            Content = read.Html,
            SpoilerText = spoiler,
            Sensitive = sensitive,
            Visibility = visibility,
            Language = Language(parameters.Text("language")) ?? old?.Language ?? account.DefaultLanguage,
            CreatedAt = old?.CreatedAt ?? now,
            EditedAt = old is null ? null : now,
            InReplyTo = old?.InReplyTo,
            Application = request.Token!.Application,
            Tags = read.Tags,
            Mentions = read.Mentions,
        };
    }

    private static string? Language(string? asked) => asked is { Length: 2 or 3 } ? asked : null;
}
