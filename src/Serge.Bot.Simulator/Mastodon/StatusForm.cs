namespace Serge.Bot.Simulator.Mastodon;

/// <summary>Reads a status from the parameters of a request.</summary>
/// <remarks>Source: Mastodon docs, methods/statuses, Post a new status and Edit a status.</remarks>
internal static class StatusForm
{
    private static readonly string[] NotSimulated = ["poll", "poll[options]", "quoted_status_id"];
    private static readonly string[] Visibilities = ["public", "unlisted", "private", "direct"];
    private static readonly HashSet<string> Languages = GetLanguages();

    /// <summary>Reads a new status, or the edit of one. An edit keeps the visibility, and the language if none is
    /// set.</summary>
    public static bool TryRead(
        MastodonRequest request,
        Status? old,
        [NotNullWhen(true)] out Status? status,
        [NotNullWhen(false)] out MastodonResponse? error
    )
    {
        status = null;
        var parameters = request.Parameters;
        if (NotSimulated.Any(parameters.Has))
        {
            error = MastodonResponse.Invalid("The simulator supports no polls or quotes");
            return false;
        }

        if (!TryReadMedia(request, old, out var media, out error))
        {
            return false;
        }

        var (text, spoilerText) = ReadTexts(parameters);
        if (text.Length == 0 && media.Count == 0)
        {
            error = MastodonResponse.Invalid("Text can't be blank");
            return false;
        }

        var visibility = old?.Visibility ?? GetNotEmpty(parameters, "visibility") ?? request.Account.DefaultVisibility;
        if (!Visibilities.Contains(visibility))
        {
            error = MastodonResponse.Invalid("Visibility is not included in the list");
            return false;
        }

        if (!TryReadInReplyTo(request, old, out var inReplyTo, out error))
        {
            return false;
        }

        var options = request.World.Options;
        StatusText parsed = new(
            text,
            options.CharactersReservedPerUrl,
            request.World.FindAccountByName,
            request.Server
        );
        // Links and mentions in the content warning count in full.
        var length = StatusText.CountGraphemes(spoilerText) + parsed.Length;
        if (length > options.MaxCharacters)
        {
            error = MastodonResponse.Invalid($"Text character limit of {options.MaxCharacters} exceeded");
            return false;
        }

        if (visibility == "unlisted" && !options.Profile.HasUnlisted)
        {
            visibility = "public";
        }

        var now = request.World.Clock.GetUtcNow();
        status = new Status
        {
            Id = old?.Id ?? request.World.CreateId(),
            Account = request.Account,
            Text = text,
            Content = parsed.ToHtml(),
            SpoilerText = spoilerText,
            IsSensitive =
                parameters.GetFlag("sensitive") == true || GetNotEmpty(parameters, "spoiler_text") is not null,
            Visibility = visibility,
            Language = ReadLanguage(parameters) ?? old?.Language ?? request.Account.DefaultLanguage,
            CreatedAt = old?.CreatedAt ?? now,
            EditedAt = old is null ? null : now,
            InReplyTo = inReplyTo,
            Application = request.Token!.Application,
            Media = media,
            Tags = parsed.Tags,
            Mentions = parsed.Mentions,
        };
        return true;
    }

    private static (string Text, string SpoilerText) ReadTexts(RequestParameters parameters)
    {
        var text = GetNotEmpty(parameters, "status") ?? "";
        var spoilerText = GetNotEmpty(parameters, "spoiler_text") ?? "";
        if (text.Length == 0)
        {
            // A content warning without a text becomes the text.
            return (spoilerText, "");
        }

        return (text, spoilerText);
    }

    /// <summary>Reads the ids of uploads. An edit without them has none.</summary>
    /// <remarks>Source: Mastodon, <c>app/services/post_status_service.rb</c>, <c>validate_media!</c>.</remarks>
    private static bool TryReadMedia(
        MastodonRequest request,
        Status? old,
        out IReadOnlyList<Media> media,
        [NotNullWhen(false)] out MastodonResponse? error
    )
    {
        const int MaxMedia = 4;
        var ids = request.Parameters.GetList("media_ids") ?? [];
        media = [.. ids.Select(request.World.FindMedia).OfType<Media>().Where(IsFree)];
        error = null;
        if (ids.Count > MaxMedia)
        {
            error = MastodonResponse.Invalid($"Cannot attach more than {MaxMedia} files");
        }
        else if (media.Count < ids.Count)
        {
            var missing = ids.Except(media.Select(one => one.Id));
            error = MastodonResponse.Invalid(
                $"Media {string.Join(", ", missing)} not found or already attached to another post"
            );
        }
        else if (media.Any(one => !request.World.IsReady(one)))
        {
            error = MastodonResponse.Invalid(
                "Cannot attach files that have not finished processing. Try again in a moment!"
            );
        }

        return error is null;

        bool IsFree(Media one) => one.Account == request.Account && (one.StatusId is null || one.StatusId == old?.Id);
    }

    private static bool TryReadInReplyTo(
        MastodonRequest request,
        Status? old,
        out Status? inReplyTo,
        [NotNullWhen(false)] out MastodonResponse? error
    )
    {
        error = null;
        inReplyTo = old?.InReplyTo;
        if (GetNotEmpty(request.Parameters, "in_reply_to_id") is not { } id)
        {
            return true;
        }

        inReplyTo ??= request.World.FindStatus(id);
        if (inReplyTo is null)
        {
            error = MastodonResponse.Error(404, "The post you are trying to reply to does not appear to exist.");
        }

        return inReplyTo is not null;
    }

    /// <summary>Returns a trimmed text; <see langword="null"/> if it is missing or empty.</summary>
    private static string? GetNotEmpty(RequestParameters parameters, string name)
    {
        var text = parameters.GetText(name)?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>Reads the language; an unknown one is ignored.</summary>
    private static string? ReadLanguage(RequestParameters parameters)
    {
        var language = parameters.GetText("language");
        return language is not null && Languages.Contains(language) ? language : null;
    }

    private static HashSet<string> GetLanguages()
    {
        var cultures = CultureInfo.GetCultures(CultureTypes.NeutralCultures);
        return cultures.Select(culture => culture.TwoLetterISOLanguageName).ToHashSet();
    }
}
