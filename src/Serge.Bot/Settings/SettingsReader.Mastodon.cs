using Microsoft.Extensions.Configuration;

namespace Serge.Bot.Settings;

/// <content>The section <c>Mastodon</c>.</content>
internal sealed partial class SettingsReader
{
    private static readonly (string Name, PostVisibility Value)[] Visibilities =
    [
        ("public", PostVisibility.Public),
        ("unlisted", PostVisibility.Unlisted),
        ("private", PostVisibility.Private),
    ];

    private MastodonSettings? Mastodon(IConfigurationSection section)
    {
        var address = Address($"{section.Path}:Address", section["Address"]);
        var token = ReadSecret(section, "AccessToken");
        var (tags, required) = Tags(section);
        var visibility = Choice(
            $"{section.Path}:Visibility",
            section["Visibility"],
            PostVisibility.Unlisted,
            Visibilities
        );
        var publicEvery = Duration(
            $"{section.Path}:PublicEvery",
            section["PublicEvery"],
            MastodonSettings.DefaultMinPublicInterval,
            TimeSpan.Zero,
            TimeSpan.FromDays(7)
        );
        var postsPerDay = Number(
            $"{section.Path}:PostsPerDay",
            section["PostsPerDay"],
            MastodonSettings.DefaultPostsPerDay,
            least: 1,
            most: 1440
        );
        var strict = Choice(
            $"{section.Path}:Citizenship",
            section["Citizenship"],
            false,
            ("explain", false),
            ("strict", true)
        );
        if (token is not null && string.IsNullOrEmpty(section["Address"]))
        {
            _problems.Add(
                "Mastodon:Address is missing, though there is an access token. Name the server, such as https://mastodon.example/."
            );
        }

        return token is null || address is null
            ? null
            : new MastodonSettings
            {
                Address = address,
                AccessToken = token,
                Visibility = visibility,
                MinPublicInterval = publicEvery,
                Tags = tags,
                RequiredTags = required,
                PostsPerDay = postsPerDay,
                EnforcesPolicyChecks = strict,
            };
    }

    private (IReadOnlyList<string> Tags, IReadOnlyList<string> Required) Tags(IConfigurationSection section)
    {
        var (tags, required) = (Values("Tags"), Values("RequiredTags"));
        foreach (var tag in tags.Where(tag => !IsTag(tag) || char.IsLower(tag[0])))
        {
            _problems.Add(
                $"Mastodon:Tags has \"{tag}\". A tag is written in PascalCase without the number sign, such as VictorSerge."
            );
        }

        foreach (var tag in required.Where(tag => !IsTag(tag)))
        {
            _problems.Add(
                $"Mastodon:RequiredTags has \"{tag}\". A tag is written without the number sign, in letters, digits and underscores, such as hachybots."
            );
        }

        tags = tags.Count > 0 ? tags : MastodonSettings.StandardTags;
        if (tags.Count + required.Count > MastodonSettings.MostTags)
        {
            _problems.Add(
                $"Mastodon:Tags and Mastodon:RequiredTags have {tags.Count + required.Count} tags. At most {MastodonSettings.MostTags} are allowed: readers hide posts with more."
            );
        }

        return (tags, required);

        // A server makes no link of a tag that is all digits.
        static bool IsTag(string tag) =>
            tag.All(letter => char.IsLetterOrDigit(letter) || letter == '_') && tag.Any(char.IsLetter);

        IReadOnlyList<string> Values(string key) =>
            [
                .. section
                    .GetSection(key)
                    .GetChildren()
                    .Select(tag => tag.Value ?? "")
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ];
    }

    private PostVisibility? ScheduleVisibility(string key, string? value, IEnumerable<Destination> to)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        if (!to.Contains(Destinations.Mastodon))
        {
            _problems.Add(
                $"{key} = \"{value}\" has no effect: this schedule does not post to mastodon, and Discord has no visibility. Remove it."
            );
            return null;
        }

        return Choice(key, value, PostVisibility.Unlisted, Visibilities);
    }
}
