using System.Globalization;

namespace Serge.Bot.Posting.Scheduling;

/// <summary>No destination gets more than so many automated posts on one local day, whatever the schedules say: a mistake in a schedule must not
/// become a flood.</summary>
/// <remarks>Every post counts that was sent, may have been, or is to be: what was missed, refused or called off does not. The day is that of the schedule's
/// zone. Servers that welcome bots ask for no more than five a day (hachyderm.io, rules for automated accounts).</remarks>
public static class DailyPostLimit
{
    /// <summary>What the reason begins with of a post that it called off.</summary>
    public const string Mark = "Flood guard: ";

    /// <summary>How many posts a destination may get a day.</summary>
    public static int GetLimit(BotSettings settings, Destination destination) =>
        destination.Channel is null
            ? settings.Mastodon?.PostsPerDay ?? MastodonSettings.DefaultPostsPerDay
            : settings.Discord?.PostsPerDay ?? DiscordSettings.DefaultPostsPerDay;

    /// <summary>Why a post is called off.</summary>
    public static string Reason(Destination destination, int most, DateOnly day) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Mark}{destination} has its {most} posts of {day:yyyy-MM-dd} already. Thin out the schedules, or change {(destination.Channel is null ? "Mastodon" : "Discord")}:PostsPerDay."
        );

    /// <summary>Whether it was the guard that called a post off.</summary>
    public static bool IsCauseOf(Post post) =>
        post.State == PostState.Cancelled && post.Reason?.StartsWith(Mark, StringComparison.Ordinal) == true;
}
