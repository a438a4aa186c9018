namespace Serge.Bot.Cli;

/// <summary>Finds what of a schedule does not fit its channel: its destination, so that every post is refused, or
/// options, which have no effect there.</summary>
internal static class OptionDiagnostics
{
    /// <param name="access">The channel and the bot's permissions in it.</param>
    /// <param name="destination">The channel as the schedule names it.</param>
    /// <param name="options">The options of the schedule.</param>
    /// <param name="roles">The roles of the server; <see langword="null"/> if they are not known.</param>
    public static IEnumerable<OptionFinding> Find(
        ChannelAccess access,
        Destination destination,
        PostOptions options,
        IReadOnlyList<DiscordRole>? roles
    )
    {
        var isForum = access.Kind == ChannelKind.Forum;
        if (isForum != Destinations.IsForum(destination))
        {
            var id = Destinations.GetChannel(destination);
            var message = isForum
                ? $"is a forum. Name it discord:forum:{id}."
                : $"is not a forum. Name it discord:{id}.";
            yield return new OptionFinding(message, PreventsPosts: true);
        }

        foreach (var problem in ChannelRequirements.FindProblems(access, options, roles))
        {
            var message = Describe(problem, options);
            yield return new OptionFinding(message, PreventsPosts: problem == OptionProblem.TagRequired);
        }
    }

    private static string Describe(OptionProblem problem, PostOptions options) =>
        problem switch
        {
            OptionProblem.TagRequired =>
                "requires a tag for each post, which the bot does not set. Allow posts without a tag.",
            OptionProblem.NoAnnouncementChannel =>
                "is not an announcement channel, so Crosspost has no effect. Turn it off.",
            OptionProblem.NoThreads => "has no threads under messages, so Thread has no effect. Turn it off.",
            OptionProblem.CannotCreateThreads =>
                "lacks Create Public Threads, which Thread needs. Grant it to the bot’s role.",
            OptionProblem.CannotAttachFiles =>
                "lacks Attach Files, so posts have no Picture. Grant it to the bot’s role.",
            OptionProblem.NoRole =>
                $"has no role {options.Mention} to mention. Copy the id of a role other than everyone.",
            OptionProblem.SilentRole =>
                $"mentions role {options.Mention}, which notifies nobody. Allow anyone to mention it, under Server "
                    + "Settings, Roles.",
            _ => throw new InvalidOperationException($"Unknown problem {problem}."),
        };
}

/// <summary>What does not fit in a channel.</summary>
/// <param name="Message">The problem, without a subject, and what to do.</param>
/// <param name="PreventsPosts">Whether every post is refused; otherwise only an option has no effect.</param>
internal sealed record OptionFinding(string Message, bool PreventsPosts);
