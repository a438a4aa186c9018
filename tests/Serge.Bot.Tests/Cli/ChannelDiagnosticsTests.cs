namespace Serge.Bot.Tests.Cli;

/// <summary>How <c>serge doctor</c> describes the permissions in a channel.</summary>
public sealed class ChannelDiagnosticsTests
{
    private const DiscordPermissions All =
        DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages | DiscordPermissions.ReadMessageHistory;

    private const DiscordPermissions InThread =
        DiscordPermissions.ViewChannel
        | DiscordPermissions.SendMessagesInThreads
        | DiscordPermissions.ReadMessageHistory;

    /// <summary>Each row: Discord's response, the status in a channel of the operator and of a server, and the
    /// message.</summary>
    public static TheoryData<Result<ChannelAccess>, string, string, string> Answers =>
        new()
        {
            {
                Access(All),
                nameof(DiagnosticStatus.Ok),
                nameof(DiagnosticStatus.Ok),
                "#books 7 (morning) grants all needed permissions"
            },
            {
                Access(All & ~DiscordPermissions.SendMessages),
                nameof(DiagnosticStatus.Error),
                nameof(DiagnosticStatus.Note),
                "#books 7 (morning) lacks Send Messages. Grant that to the bot’s role in the channel’s settings, under Permissions."
            },
            {
                Access(All, kind: ChannelKind.Thread),
                nameof(DiagnosticStatus.Error),
                nameof(DiagnosticStatus.Note),
                "#books 7 (morning) lacks Send Messages in Threads. Grant that to the bot’s role in the settings of the thread’s channel, under Permissions."
            },
            {
                Access(InThread, kind: ChannelKind.Thread),
                nameof(DiagnosticStatus.Ok),
                nameof(DiagnosticStatus.Ok),
                "#books 7 (morning) grants all needed permissions"
            },
            {
                Access(DiscordPermissions.None),
                nameof(DiagnosticStatus.Error),
                nameof(DiagnosticStatus.Note),
                "#books 7 (morning) lacks View Channel, Send Messages, Read Message History. Grant that to the bot’s role in the channel’s settings, under Permissions."
            },
            {
                Access(All & ~DiscordPermissions.ReadMessageHistory),
                nameof(DiagnosticStatus.Note),
                nameof(DiagnosticStatus.Note),
                "#books 7 (morning) lacks Read Message History: a post whose response is lost cannot be looked up there, and is not sent again."
            },
            {
                Access(All, acceptsMessages: false),
                nameof(DiagnosticStatus.Error),
                nameof(DiagnosticStatus.Note),
                "#books 7 (morning) accepts no messages. Choose a text channel."
            },
            {
                new Result<ChannelAccess>.Refused(Refusal.Gone, "Unknown Channel"),
                nameof(DiagnosticStatus.Error),
                nameof(DiagnosticStatus.Note),
                "7 (morning) is not visible to the bot. Invite it to that server, allow it to view the channel, or correct the id. (Unknown Channel)"
            },
            {
                new Result<ChannelAccess>.Unauthorized("HTTP 401"),
                nameof(DiagnosticStatus.Error),
                nameof(DiagnosticStatus.Error),
                "7 (morning) could not be checked: Discord rejects the token. (HTTP 401)"
            },
            {
                new Result<ChannelAccess>.Unavailable("HTTP 502"),
                nameof(DiagnosticStatus.Note),
                nameof(DiagnosticStatus.Note),
                "7 (morning) could not be checked now. Try again later. (HTTP 502)"
            },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Describe_DependsOnThePermissionsAndTheOwner(
        Result<ChannelAccess> answer,
        string ofOperator,
        string ofServer,
        string message
    )
    {
        var own = ChannelDiagnostics.Describe(answer, new ChannelId(7), "morning", isOperators: true);
        var other = ChannelDiagnostics.Describe(answer, new ChannelId(7), "morning", isOperators: false);

        Assert.Equal((ofOperator, ofServer), (own.Status.ToString(), other.Status.ToString()));
        Assert.Equal((message, message), (own.Message, other.Message));
    }

    /// <summary>Posting there works nevertheless.</summary>
    [Fact]
    public void Describe_PermissionsThatAreNotKnown_IsANoteAndNoneIsMissing()
    {
        ChannelAccess access = new(new GuildId(1), "books", AcceptsMessages: true, Permissions: null);
        Result<ChannelAccess> answer = access;

        var finding = ChannelDiagnostics.Describe(answer, new ChannelId(7), "morning", isOperators: true);

        Assert.Equal(DiagnosticStatus.Note, finding.Status);
        Assert.Contains("does not say which permissions", finding.Message, StringComparison.Ordinal);
        Assert.Equal(
            DiscordPermissions.None,
            ChannelRequirements.FindMissing(access) | ChannelRequirements.FindMissingForLookups(access)
        );
    }

    private static Result<ChannelAccess> Access(
        DiscordPermissions permissions,
        bool acceptsMessages = true,
        ChannelKind kind = ChannelKind.Text
    )
    {
        ChannelAccess access = new(new GuildId(1), "books", acceptsMessages, permissions) { Kind = kind };
        return new Result<ChannelAccess>.Success(access);
    }
}
