using Serge.Bot.Operators;
using Serge.Bot.Tests.Support;

namespace Serge.Bot.Tests.Operators;

/// <summary>What <c>serge doctor</c> says of the clock, the zone data and the channels.</summary>
public sealed class ExamTests
{
    private const DiscordPermissions All =
        DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages | DiscordPermissions.ReadMessageHistory;

    /// <summary>Each row: how far our clock is ahead of the server's, in seconds, and what is said.</summary>
    [Theory]
    [InlineData(0, nameof(Verdict.Good), "agrees with m.example")]
    [InlineData(-5, nameof(Verdict.Good), "agrees with m.example")]
    [InlineData(12, nameof(Verdict.Note), "12 s ahead of m.example")]
    [InlineData(-30, nameof(Verdict.Note), "30 s behind m.example")]
    [InlineData(-3600, nameof(Verdict.Wrong), "3600 s behind m.example. Let the machine keep its time")]
    public void Clock_BesideAServers_IsJudgedByTheDifference(int seconds, string verdict, string says)
    {
        var line = MachineExam.Compare(Some.Noon.AddSeconds(seconds), Some.Noon, "m.example");

        Assert.Equal(verdict, line.Verdict.ToString());
        Assert.StartsWith(says, line.Says, StringComparison.Ordinal);
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

        Assert.Contains(says, MachineExam.ZoneData(folder.FullName).Says, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    public static TheoryData<Answer<ChannelAccess>, string, string, string> Answers =>
        new()
        {
            { Access(All), nameof(Verdict.Good), nameof(Verdict.Good), "#books 7 (morning) allows all that is needed" },
            {
                Access(All & ~DiscordPermissions.SendMessages),
                nameof(Verdict.Wrong),
                nameof(Verdict.Note),
                "lacks Send Messages. Grant that"
            },
            {
                Access(DiscordPermissions.None),
                nameof(Verdict.Wrong),
                nameof(Verdict.Note),
                "lacks View Channel, Send Messages, Read Message History. Grant that"
            },
            {
                Access(All & ~DiscordPermissions.ReadMessageHistory),
                nameof(Verdict.Note),
                nameof(Verdict.Note),
                "lacks Read Message History: a post whose answer is lost"
            },
            { Access(All, takesMessages: false), nameof(Verdict.Wrong), nameof(Verdict.Note), "takes no messages" },
            {
                new Answer<ChannelAccess>.Refused(Refusal.Gone, "Unknown Channel"),
                nameof(Verdict.Wrong),
                nameof(Verdict.Note),
                "mend the id. (Unknown Channel)"
            },
            {
                new Answer<ChannelAccess>.Unavailable("HTTP 502"),
                nameof(Verdict.Note),
                nameof(Verdict.Note),
                "Try again later. (HTTP 502)"
            },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Channel_IsJudgedByWhatItAllows(Answer<ChannelAccess> answer, string ours, string theirs, string says)
    {
        var line = ChannelExam.Judge(answer, new ChannelId(7), "morning", isOurs: true);

        Assert.Equal(
            (ours, theirs),
            (
                line.Verdict.ToString(),
                ChannelExam.Judge(answer, new ChannelId(7), "morning", isOurs: false).Verdict.ToString()
            )
        );
        Assert.Contains(says, line.Says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host/12/abc", "host", "12")]
    [InlineData("a/strange/host/12/abc", "a/strange/host", "12")]
    public void Sender_IsReadFromTheLease(string owner, string machine, string process) =>
        Assert.Equal(
            new Sender("mastodon", machine, process, Some.Noon),
            Sender.Of("mastodon:0123456789abcdef", owner, Some.Noon)
        );

    private static Answer<ChannelAccess> Access(DiscordPermissions permissions, bool takesMessages = true) =>
        new Answer<ChannelAccess>.Got(new ChannelAccess(new GuildId(1), "books", takesMessages, permissions));
}
