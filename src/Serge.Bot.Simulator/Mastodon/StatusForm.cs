using System.Globalization;

namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Reads a status as a client writes it.</summary>
/// <remarks>Source: Mastodon docs, methods/statuses, Post a new status and Edit a status.</remarks>
internal static class StatusForm
{
    private static readonly string[] Visibilities = ["public", "unlisted", "private", "direct"];
    private static readonly HashSet<string> Languages = CultureInfo
        .GetCultures(CultureTypes.NeutralCultures)
        .Select(culture => culture.TwoLetterISOLanguageName)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>A new status, or with <paramref name="old"/> the change of one, which replaces all but visibility and language.</summary>
    /// <returns>The status, or why it is none.</returns>
    public static (Status? Status, MastodonAnswer? Refusal) Read(MastodonRequest request, Status? old)
    {
        var (parameters, world, account) = (request.Parameters, request.World, request.Account);
        if (
            parameters.Has("media_ids")
            || parameters.Has("poll")
            || parameters.Has("poll[options]")
            || parameters.Has("quoted_status_id")
        )
        {
            return (null, MastodonAnswer.Invalid("This simulator takes no media, polls or quotes"));
        }

        var text = (parameters.Text("status") ?? "").Trim();
        var spoiler = (parameters.Text("spoiler_text") ?? "").Trim();
        var sensitive = (parameters.Flag("sensitive") ?? false) || spoiler.Length > 0;
        if (text.Length == 0)
        {
            // A content warning without anything behind it becomes the text.
            (text, spoiler) = (spoiler, "");
        }

        if (text.Length == 0)
        {
            return (null, MastodonAnswer.Invalid("Text can't be blank"));
        }

        var visibility = old?.Visibility ?? NotEmpty(parameters.Text("visibility")) ?? account.DefaultVisibility;
        if (!Visibilities.Contains(visibility))
        {
            return (null, MastodonAnswer.Invalid("Visibility is not included in the list"));
        }

        var answered = NotEmpty(parameters.Text("in_reply_to_id"));
        var inReplyTo = old?.InReplyTo ?? (answered is null ? null : world.FindStatus(answered));
        if (answered is not null && inReplyTo is null)
        {
            return (null, MastodonAnswer.Error(404, "The post you are trying to reply to does not appear to exist."));
        }

        // Links and mentions in the content warning are not shortened.
        StatusText read = new(text, world.Options.CharactersReservedPerUrl, world.FindByName, request.Server);
        if (StatusText.Graphemes(spoiler) + read.Length > world.Options.MaxCharacters)
        {
            return (null, MastodonAnswer.Invalid($"Text character limit of {world.Options.MaxCharacters} exceeded"));
        }

        var now = world.Clock.GetUtcNow();
        return (
            new Status
            {
                Id = old?.Id ?? world.NextId(),
                Account = account,
                Text = text,
                Content = read.ToHtml(),
                SpoilerText = spoiler,
                IsSensitive = sensitive,
                Visibility = visibility == "unlisted" && !world.Options.Profile.HasUnlisted ? "public" : visibility,
                Language = Language(parameters.Text("language")) ?? old?.Language ?? account.DefaultLanguage,
                CreatedAt = old?.CreatedAt ?? now,
                EditedAt = old is null ? null : now,
                InReplyTo = inReplyTo,
                Application = request.Token!.Application,
                Tags = read.Tags,
                Mentions = read.Mentions,
            },
            null
        );
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>A language the server knows; others are passed over in silence.</summary>
    private static string? Language(string? asked) => asked is not null && Languages.Contains(asked) ? asked : null;
}
