using System.Text.Json;
using Serge.Bot.Playground.World;
using Serge.Bot.Simulator.Discord;

namespace Serge.Bot.Playground.Api;

/// <summary>The simulated places, and the commands a member is offered there.</summary>
internal sealed record PlacesView(
    string Guild,
    string Channel,
    string ChannelId,
    string Member,
    string Bot,
    string Account,
    string DisplayName,
    IReadOnlyList<CommandView> Commands
)
{
    public static PlacesView Of(TwoPlaces places) =>
        new(
            places.Guild.Name,
            places.Channel.Name,
            places.Channel.Id.ToString(),
            places.Member.Name,
            places.Bot.Name,
            places.Account.Username,
            places.Account.DisplayName,
            [
                .. places
                    .World.Discord.Commands(places.Bot, places.Guild)
                    .OrderBy(command => command.Name, StringComparer.Ordinal)
                    .Select(CommandView.Of),
            ]
        );
}

/// <summary>A slash command as the composer offers it.</summary>
internal sealed record CommandView(string Name, string Description, IReadOnlyList<OptionView> Options)
{
    public static CommandView Of(RegisteredCommand command) =>
        new(
            command.Name,
            command.Description,
            [
                .. command.Options.Select(option => new OptionView(
                    option.Name,
                    option.Description,
                    option.Required,
                    option.Autocomplete,
                    [.. option.Choices.Select(choice => new ChoiceView(choice.Name, choice.Value.ToString()))]
                )),
            ]
        );
}

/// <summary>An option of a command.</summary>
internal sealed record OptionView(
    string Name,
    string Description,
    bool Required,
    bool Completes,
    IReadOnlyList<ChoiceView> Choices
);

/// <summary>A value that is offered for an option.</summary>
internal sealed record ChoiceView(string Name, string Value);

/// <summary>The calendar, and how far it may be turned.</summary>
/// <param name="OffsetMilliseconds">How far it is ahead of the wire's clock.</param>
/// <param name="Zone">The IANA name of the zone whose days it shows.</param>
/// <param name="Earliest">The first day it may show, <c>yyyy-MM-dd</c>.</param>
/// <param name="Latest">The last one.</param>
internal sealed record CalendarView(long OffsetMilliseconds, string Zone, DateOnly Earliest, DateOnly Latest)
{
    /// <summary>A year back, and three ahead, so that there is a leap year among them.</summary>
    public static CalendarView Of(Clocks clocks, MovableCalendar calendar, BotSettings settings)
    {
        var today = Travel.DayOf(clocks.System.GetUtcNow(), settings.TimeZone);
        return new(
            (long)calendar.Offset.TotalMilliseconds,
            settings.TimeZone.Id,
            new DateOnly(today.Year - 1, 1, 1),
            new DateOnly(today.Year + 3, 12, 31)
        );
    }
}

/// <summary>How the worker fares.</summary>
/// <param name="State"><c>running</c> or <c>dead</c>.</param>
/// <param name="Gateway"><c>connected</c>, <c>waiting</c> for the bot to resume, or <c>none</c>.</param>
/// <param name="TokenRevoked">Whether its Mastodon token is worthless at the moment.</param>
internal sealed record WorkerView(string State, string Gateway, bool TokenRevoked)
{
    public static WorkerView Of(PlaygroundParts playground)
    {
        var sessions = playground.Places.World.Discord.Sessions;
        return new(
            playground.Seat.Services is null ? "dead" : "running",
            sessions.Any(session => session.Connected) ? "connected"
                : sessions.Count > 0 ? "waiting"
                : "none",
            playground.Places.MastodonTokenRevoked
        );
    }
}

/// <summary>Something said in the channel.</summary>
internal sealed record MessageView(
    string Id,
    string Author,
    bool Bot,
    DateTimeOffset At,
    string Content,
    bool Ephemeral,
    bool Thinking,
    bool Edited,
    bool Failed,
    string? Command,
    string? User,
    IReadOnlyList<ButtonView> Buttons
)
{
    public static MessageView Of(Said said, TwoPlaces places) =>
        said.Message is { } message
            ? new(
                said.Id,
                message.Author.Name,
                message.Author.Bot,
                said.At,
                message.Content,
                message.Ephemeral,
                message.Thinking,
                message.Edited is not null,
                Failed: false,
                message.Origin?.CommandName,
                message.Origin?.User.Name,
                [.. ButtonsOf(message.Components)]
            )
            : new(
                said.Id,
                places.Bot.Name,
                Bot: true,
                said.At,
                said.Failure!.Words,
                Ephemeral: true,
                Thinking: false,
                Edited: false,
                Failed: true,
                said.Failure.Command,
                places.Member.Name,
                []
            );

    private static IEnumerable<ButtonView> ButtonsOf(JsonElement rows) =>
        from row in rows.EnumerateArray()
        where row.TryGetProperty("components", out _)
        from button in row.GetProperty("components").EnumerateArray()
        where button.TryGetProperty("custom_id", out _)
        select new ButtonView(
            button.TryGetProperty("label", out var label) ? label.GetString() ?? "" : "",
            button.GetProperty("custom_id").GetString()!,
            button.TryGetProperty("disabled", out var disabled) && disabled.GetBoolean()
        );
}

/// <summary>A button under a message.</summary>
internal sealed record ButtonView(string Label, string CustomId, bool Disabled);

/// <summary>A status in the timeline.</summary>
internal sealed record StatusView(
    string Id,
    DateTimeOffset At,
    string Name,
    string Account,
    string Html,
    string Warning,
    string Visibility,
    string? Language,
    bool Edited
)
{
    public static StatusView Of(Posted posted) =>
        new(
            posted.Status.Id,
            posted.At,
            posted.Status.Account.DisplayName,
            posted.Status.Account.Username,
            posted.Status.Content,
            posted.Status.SpoilerText,
            posted.Status.Visibility,
            posted.Status.Language,
            posted.Status.EditedAt is not null
        );
}

/// <summary>A line of the diary.</summary>
internal sealed record DiaryLineView(
    int Number,
    DateTimeOffset At,
    DiarySource Source,
    DiaryWeight Weight,
    string Text,
    int More
)
{
    public static DiaryLineView Of(DiaryLine line) =>
        new(line.Number, line.At, line.Source, line.Weight, line.Text, line.More);
}

/// <summary>The ledger: the posts, and the stretches of time that the calendar jumped over.</summary>
internal sealed record LedgerView(IReadOnlyList<PostView> Posts, IReadOnlyList<SkippedView> Skipped)
{
    private const int Shown = 60;

    /// <summary>What is open comes first, then what was sent last, then what was never sent.</summary>
    public static LedgerView Of(IReadOnlyList<Post> posts)
    {
        var (skipped, others) = (posts.Where(IsSkipped), posts.Where(post => !IsSkipped(post)));
        return new(
            [
                .. others
                    .OrderByDescending(post =>
                        post.State is PostState.Planned or PostState.Sending or PostState.Unknown
                    )
                    .ThenByDescending(post => post.FirstAttemptAt ?? DateTimeOffset.MinValue)
                    .ThenByDescending(post => post.Occurrence)
                    .Take(Shown)
                    .Select(PostView.Of),
            ],
            [
                .. skipped
                    .GroupBy(post => (post.Schedule, post.Destination))
                    .Select(group => new SkippedView(
                        group.Key.Schedule.ToString(),
                        PostView.Side(group.Key.Destination),
                        group.Count(),
                        group.Min(post => post.Occurrence),
                        group.Max(post => post.Occurrence)
                    ))
                    .OrderBy(view => view.Schedule, StringComparer.Ordinal)
                    .ThenBy(view => view.Destination, StringComparer.Ordinal),
            ]
        );
    }

    private static bool IsSkipped(Post post) => post is { State: PostState.Missed, Attempts: 0 };
}

/// <summary>A post of the ledger.</summary>
internal sealed record PostView(
    string Key,
    string Schedule,
    DateTimeOffset Occurrence,
    string Destination,
    PostState State,
    string? Reason,
    int Tries,
    int Looks,
    DateTimeOffset? LeaseUntil,
    IReadOnlyList<string> Items
)
{
    public static PostView Of(Post post) =>
        new(
            post.Key,
            post.Schedule.ToString(),
            post.Occurrence,
            Side(post.Destination),
            post.State,
            post.Reason,
            post.Attempts,
            post.Lookups,
            post.LeaseUntil,
            post.Items
        );

    public static string Side(Destination destination) => destination.Platform;
}

/// <summary>Occurrences that went by without a post, of one schedule to one place.</summary>
internal sealed record SkippedView(
    string Schedule,
    string Destination,
    int Count,
    DateTimeOffset First,
    DateTimeOffset Last
);

/// <summary>The posts to come.</summary>
/// <param name="Known">Whether there is a worker to ask.</param>
/// <param name="Posts">The next ones.</param>
internal sealed record PlanView(bool Known, IReadOnlyList<PlannedView> Posts)
{
    private const int Shown = 8;

    public static PlanView Of(IReadOnlyList<PlanEntry>? plan) =>
        new(
            plan is not null,
            [
                .. (plan ?? [])
                    .Take(Shown)
                    .Select(planned => new PlannedView(
                        planned.Local.ToUniversalTime(),
                        planned.Schedule,
                        planned.Destination == "mastodon" ? "mastodon" : "discord",
                        planned.Text,
                        planned.Warning,
                        planned.Length,
                        planned.Limit,
                        planned.Reason,
                        planned.Items
                    )),
            ]
        );
}

/// <summary>One post to come.</summary>
internal sealed record PlannedView(
    DateTimeOffset At,
    string Schedule,
    string Destination,
    string? Text,
    string? Warning,
    int? Length,
    int? Limit,
    string? Reason,
    IReadOnlyList<string> Items
);

/// <summary>Trouble that waits to strike.</summary>
internal sealed record TroubleView(TroubleKind Kind, TroubleSide Side);
