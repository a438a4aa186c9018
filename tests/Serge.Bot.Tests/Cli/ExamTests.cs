namespace Serge.Bot.Tests.Cli;

/// <summary>What <c>serge doctor</c> says of the clock, the zone data and the channels.</summary>
public sealed class ExamTests
{
    private const DiscordPermissions All =
        DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages | DiscordPermissions.ReadMessageHistory;

    /// <summary>Each row: how far our clock is ahead of the server's, in seconds, and what is said.</summary>
    [Theory]
    [InlineData(0, nameof(DiagnosticStatus.Ok), "agrees with m.example")]
    [InlineData(-5, nameof(DiagnosticStatus.Ok), "agrees with m.example")]
    [InlineData(12, nameof(DiagnosticStatus.Note), "12 s ahead of m.example")]
    [InlineData(-30, nameof(DiagnosticStatus.Note), "30 s behind m.example")]
    [InlineData(-3600, nameof(DiagnosticStatus.Error), "3600 s behind m.example. Let the machine keep its time")]
    public void Clock_BesideAServers_IsJudgedByTheDifference(int seconds, string verdict, string says)
    {
        var line = MachineCheck.Compare(Some.Noon.AddSeconds(seconds), Some.Noon, "m.example");

        Assert.Equal(verdict, line.Status.ToString());
        Assert.StartsWith(says, line.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# version 2026a\nR Somewhere", "edition 2026a")]
    [InlineData("R Somewhere", "does not say of which edition")]
    [InlineData(null, "does not say of which edition")]
    public void ZoneData_NamesItsEditionWhereItIsWritten(string? file, string says)
    {
        var folder = Directory.CreateTempSubdirectory("serge-zones-");
        if (file is not null)
        {
            File.WriteAllText(Path.Combine(folder.FullName, "tzdata.zi"), file);
        }

        Assert.Contains(says, MachineCheck.CheckZoneData(folder.FullName).Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    public static TheoryData<Result<ChannelAccess>, string, string, string> Answers =>
        new()
        {
            { Access(All), nameof(DiagnosticStatus.Ok), nameof(DiagnosticStatus.Ok), "#books 7 (morning) allows all that is needed" },
            {
                Access(All & ~DiscordPermissions.SendMessages),
                nameof(DiagnosticStatus.Error),
                nameof(DiagnosticStatus.Note),
                "lacks Send Messages. Grant that"
            },
            {
                Access(DiscordPermissions.None),
                nameof(DiagnosticStatus.Error),
                nameof(DiagnosticStatus.Note),
                "lacks View Channel, Send Messages, Read Message History. Grant that"
            },
            {
                Access(All & ~DiscordPermissions.ReadMessageHistory),
                nameof(DiagnosticStatus.Note),
                nameof(DiagnosticStatus.Note),
                "lacks Read Message History: a post whose answer is lost"
            },
            { Access(All, takesMessages: false), nameof(DiagnosticStatus.Error), nameof(DiagnosticStatus.Note), "takes no messages" },
            {
                new Result<ChannelAccess>.Refused(Refusal.Gone, "Unknown Channel"),
                nameof(DiagnosticStatus.Error),
                nameof(DiagnosticStatus.Note),
                "mend the id. (Unknown Channel)"
            },
            {
                new Result<ChannelAccess>.Unavailable("HTTP 502"),
                nameof(DiagnosticStatus.Note),
                nameof(DiagnosticStatus.Note),
                "Try again later. (HTTP 502)"
            },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Channel_IsJudgedByWhatItAllows(Result<ChannelAccess> answer, string ours, string theirs, string says)
    {
        var line = ChannelDiagnostics.Describe(answer, new ChannelId(7), "morning", isOperators: true);

        Assert.Equal(
            (ours, theirs),
            (
                line.Status.ToString(),
                ChannelDiagnostics.Describe(answer, new ChannelId(7), "morning", isOperators: false).Status.ToString()
            )
        );
        Assert.Contains(says, line.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host/12/abc", "host", "12")]
    [InlineData("a/strange/host/12/abc", "a/strange/host", "12")]
    public void Sender_IsReadFromTheLease(string owner, string machine, string process) =>
        Assert.Equal(
            new Sender("mastodon", machine, process, Some.Noon),
            Sender.Of("mastodon:0123456789abcdef", owner, Some.Noon)
        );

    private static Result<ChannelAccess> Access(DiscordPermissions permissions, bool takesMessages = true) =>
        new Result<ChannelAccess>.Success(new ChannelAccess(new GuildId(1), "books", takesMessages, permissions));
}
