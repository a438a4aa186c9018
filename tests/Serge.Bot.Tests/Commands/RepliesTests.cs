namespace Serge.Bot.Tests.Commands;

/// <summary>Discord's limits for replies, suggestions and buttons, each at its exact boundary.</summary>
public sealed class RepliesTests
{
    [Theory]
    [InlineData("w", 1999, true)]
    [InlineData("w", 2000, true)]
    [InlineData("w", 2001, false)]
    [InlineData("𝔖", 2000, true)] // code points count, not UTF-16
    [InlineData("𝔖", 2001, false)]
    public void Fits_IsUpToTwoThousandCodePoints(string sign, int count, bool fits) =>
        Assert.Equal(fits, DiscordMessage.Fits(string.Concat(Enumerable.Repeat(sign, count))));

    [Fact]
    public void Suggestions_AreTheFirstTwentyFive()
    {
        var many = Enumerable.Range(1, 30).Select(n => new Choice($"name {n}", $"value {n}")).ToArray();

        Assert.Equal(many.Take(25), Replies.LimitChoices(many));
        Assert.Equal(many.Take(25), Replies.LimitChoices(many.Take(25)));
        Assert.Equal(many.Take(24), Replies.LimitChoices(many.Take(24)));
    }

    [Fact]
    public void Suggestions_LeaveOutValuesThatDiscordRefuses_BeforeTheyAreCounted()
    {
        Choice[] choices =
        [
            new("empty", ""),
            new("too long", new string('v', 101)),
            .. Enumerable.Range(1, 24).Select(n => new Choice("n", $"{n}")),
            new("just right", new string('v', 100)),
            new("one too many", "x"),
        ];

        Assert.Equal(choices[2..27], Replies.LimitChoices(choices));
    }

    /// <summary>A name of up to 100 characters stays; a longer one ends between words with an ellipsis.</summary>
    [Theory]
    [InlineData(100, 50, 100)]
    [InlineData(101, 99, 99)]
    [InlineData(101, 98, 98)]
    [InlineData(101, 100, 99)] // the space is too late: cut within the word
    [InlineData(150, 10, 10)]
    [InlineData(150, 0, 99)] // there is no word before that space
    [InlineData(150, -1, 99)]
    public void Suggestions_ShortenLongNamesBetweenWords(int length, int space, int kept)
    {
        var name = new string('w', length);
        name = space < 0 ? name : name.Remove(space, 1).Insert(space, " ");

        var shown = Assert.Single(Replies.LimitChoices([new Choice(name, "value")]));

        Assert.Equal(new Choice(kept == length ? name : name[..kept] + "…", "value"), shown);
    }

    [Theory]
    [InlineData(97, 97)] // the pair would be characters 98 and 99, and is kept
    [InlineData(98, 98)] // the pair would be characters 99 and 100
    public void Suggestions_NeverShortenANameInsideOfASurrogatePair(int before, int kept)
    {
        var name = new string('w', before) + "𝔖𝔖𝔖";

        var shown = Assert.Single(Replies.LimitChoices([new Choice(name, "value")])).Name;

        Assert.Equal(before == kept && before == 98 ? name[..98] + "…" : name[..99] + "…", shown);
        Assert.DoesNotContain('\uFFFD', string.Concat(shown.EnumerateRunes()));
    }

    [Fact]
    public void WithinLimits_LeavesOutAButtonWhoseStateIsTooLong()
    {
        Button[] buttons = [new("a", new string('i', 100)), new("b", new string('i', 101)), new("c", "i")];

        Assert.Equal([buttons[0], buttons[2]], Replies.LimitButtons(buttons));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public void Typed_RepeatsTheFirstSixtyCharacters(int length, bool isCut)
    {
        var typed = string.Concat(Enumerable.Repeat("𝔖", length));

        Assert.Equal(
            isCut ? $"“{string.Concat(Enumerable.Repeat("𝔖", 60))}…”" : $"“{typed}”",
            Replies.FormatInput(typed, Strings.English)
        );
    }

    [Fact]
    public void Typed_IsShownAsItIs_InTheQuotationMarksOfTheLanguage()
    {
        Assert.Equal(@"“\*b\* \@everyone”", Replies.FormatInput("*b* @everyone", Strings.English));
        Assert.Equal("«\u00A0soon\u00A0»", Replies.FormatInput("soon", Strings.French));
    }

    [Fact]
    public void ForAllAndEphemeral_DifferInWhoSeesThem()
    {
        var all = Assert.IsType<Reply.Message>(Replies.Public("text"));
        var you = Assert.IsType<Reply.Message>(Replies.Ephemeral("text"));

        Assert.Equal((false, true), (all.Ephemeral, you.Ephemeral));
        Assert.All([all, you], reply => Assert.Equal("text", reply.Content.Text));
        Assert.All([all, you], reply => Assert.Empty(reply.Content.Buttons));
    }

    [Fact]
    public void NearOrList_NamesTheNearestOrHowToFindOne()
    {
        string[] known = ["within-us", "leave-a-party"];

        Assert.Equal("Did you mean `within-us`?", Replies.SuggestId("within-as", known, Strings.English));
        Assert.Equal(
            "Start typing in the option and pick one from the list.",
            Replies.SuggestId("xyz", known, Strings.English)
        );
    }
}
