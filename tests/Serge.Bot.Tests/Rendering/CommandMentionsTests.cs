namespace Serge.Bot.Tests.Rendering;

/// <summary>The names of commands in texts, which a member can click.</summary>
public sealed class CommandMentionsTests
{
    private readonly CommandMentions _mentions = new();

    public CommandMentionsTests() =>
        _mentions.SetIds(
            [
                new CommandDefinition
                {
                    Name = "quote",
                    Description = "A quotation",
                    NameLocalizations = French("citation"),
                },
                new CommandDefinition { Name = "about", Description = "About" },
                new CommandDefinition
                {
                    Name = "schedule",
                    Description = "Schedules",
                    NameLocalizations = French("programme"),
                    Options =
                    [
                        new CommandOption
                        {
                            Name = "set",
                            Description = "Set",
                            NameLocalizations = French("régler"),
                            Type = CommandOptionType.Subcommand,
                        },
                    ],
                },
                new CommandDefinition
                {
                    Name = "notes",
                    Description = "Notes",
                    Options =
                    [
                        new CommandOption
                        {
                            Name = "list",
                            Description = "List",
                            NameLocalizations = French("liste"),
                            Type = CommandOptionType.Subcommand,
                        },
                    ],
                },
            ],
            new Dictionary<string, ulong>
            {
                ["quote"] = 7,
                ["schedule"] = 8,
                ["notes"] = 9,
            }
        );

    [Theory]
    [InlineData("Try `/quote`, or `/quote`.", "Try </quote:7>, or </quote:7>.")]
    [InlineData("`/citation` et `/programme régler`", "</quote:7> et </schedule set:8>")]
    [InlineData("`/notes list`, `/notes liste`", "</notes list:9>, </notes list:9>")] // the same name in both languages
    [InlineData("`/schedule set time:09:00 days:Mon` posts", "</schedule set:8> `time:09:00 days:Mon` posts")]
    [InlineData("`/quote topic:a b`", "</quote:7> `topic:a b`")]
    [InlineData("`/about`", "`/about`")] // Discord did not return its id
    [InlineData("`/schedule`", "`/schedule`")] // only its subcommands can be invoked
    [InlineData("`/schedule remove`", "`/schedule remove`")] // a subcommand that is not registered
    [InlineData("`/quotes`", "`/quotes`")]
    [InlineData("/quote", "/quote")]
    [InlineData(@"\`/quote\`", @"\`/quote\`")] // what a member typed, escaped
    [InlineData("```/quote```", "```/quote```")]
    [InlineData("`/quote", "`/quote")]
    public void Format_ReplacesNamesOfCommands(string text, string expected) =>
        Assert.Equal(expected, _mentions.Format(text));

    private static Dictionary<string, string> French(string name) => new() { ["fr"] = name };

    [Fact]
    public void Format_WhileTheIdsAreUnknown_ChangesNothing() =>
        Assert.Equal("Try `/quote`.", new CommandMentions().Format("Try `/quote`."));

    [Fact]
    public void Format_WhereTheMentionsWouldNotFit_ChangesNothing()
    {
        var text = new string('x', 1992) + "`/quote`";

        Assert.Equal(text, _mentions.Format(text));
    }
}
