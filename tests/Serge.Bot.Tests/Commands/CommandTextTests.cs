namespace Serge.Bot.Tests.Commands;

/// <summary>The texts of definitions, links and warnings about the settings.</summary>
public sealed class CommandTextTests
{
    [Fact]
    public void Command_HasItsNameAndDescriptionInEveryLanguage()
    {
        var option = CommandText.CreateOption("quote topic");
        var command = CommandText.CreateCommandOf(Some.Author, "quote", option);

        Assert.Equal(("quote", "A quotation of Victor Serge, with its source"), (command.Name, command.Description));
        Assert.Equal([KeyValuePair.Create("fr", "citation")], command.NameLocalizations);
        Assert.Equal(
            [KeyValuePair.Create("fr", "Une citation de Victor Serge, avec sa source")],
            command.DescriptionLocalizations
        );
        Assert.Equal([option], command.Options);
    }

    [Theory]
    [InlineData(
        "quote topic",
        "topic",
        "Only quotations about this topic",
        "thème",
        "Seulement les citations sur ce thème"
    )]
    [InlineData(
        "schedule set channel",
        "channel",
        "Channel to post in. Default: this channel",
        "salon",
        "Salon où publier. Par défaut\u00A0: celui-ci"
    )]
    public void Option_IsNamedByTheLastWordOfItsPath(
        string path,
        string name,
        string description,
        string french,
        string frenchDescription
    )
    {
        var option = CommandText.CreateOption(path);

        Assert.Equal((name, description), (option.Name, option.Description));
        Assert.Equal([KeyValuePair.Create("fr", french)], option.NameLocalizations);
        Assert.Equal([KeyValuePair.Create("fr", frenchDescription)], option.DescriptionLocalizations);
        Assert.Equal(
            (CommandOptionType.Text, false, false, null),
            (option.Type, option.Required, option.Autocomplete, option.MaxLength)
        );
    }

    /// <summary>Discord ignores such a name. Source: Discord docs, Interactions/Application Commands,
    /// Localization.</summary>
    [Fact]
    public void Option_WithTheSameNameInFrench_HasNoFrenchName()
    {
        var option = CommandText.CreateOption("source id");

        Assert.Equal("id", option.Name);
        Assert.Empty(option.NameLocalizations);
        Assert.Equal(["fr"], option.DescriptionLocalizations.Keys);
    }

    [Fact]
    public void Invite_ToAServerAndToAMember_AsksForWhatIsNeeded()
    {
        Assert.Equal(
            "https://discord.com/oauth2/authorize?client_id=18446744073709551615&permissions=84992&scope=bot+applications.commands&integration_type=0",
            Invite.ToServer(ulong.MaxValue, Invite.Needed).AbsoluteUri
        );
        Assert.Equal(
            "https://discord.com/oauth2/authorize?client_id=42&scope=applications.commands&integration_type=1",
            Invite.ToMember(42).AbsoluteUri
        );
    }

    [Theory]
    [InlineData(
        "https://bot.example/x",
        false,
        "Discord sends the commands to https://bot.example/x, so none of them reaches this bot. Clear \"Interactions Endpoint URL\" in the Developer Portal, under General Information, or set Discord:Interactions to http."
    )]
    [InlineData(
        null,
        true,
        "Discord:Interactions is http, but the Developer Portal has no \"Interactions Endpoint URL\", under General Information: while the bot runs, set it to the https address that leads to /discord/interactions. Until then no command reaches this bot."
    )]
    [InlineData("https://bot.example/x", true, null)]
    [InlineData(null, false, null)]
    public void Problem_IsReportedWhereDiscordSendsCommandsElsewhere(
        string? endpoint,
        bool overHttp,
        string? problem
    ) =>
        Assert.Equal(
            problem,
            InteractionEndpointCheck.FindProblem(new DiscordApplication(1, "Serge", endpoint), overHttp)
        );

    /// <summary>The deferral of a slow reply determines who sees the reply.</summary>
    [Theory]
    [InlineData("quote", false, false, true)]
    [InlineData("on-this-day", false, false, false)]
    [InlineData("timeline", true, true, true)]
    [InlineData("topics", true, true, true)]
    [InlineData("source", false, true, false)]
    [InlineData("about", true, true, true)]
    public void AnswersPrivately_IsAsTheAnswerWillBe(string name, bool command, bool press, bool commandInPrivate)
    {
        using var catalogue = new TestCatalogue();
        var handler = new CommandRunner(catalogue.Live).Command(name);
        var asked = new Interaction.Command
        {
            Id = new InteractionId(1),
            Handle = this,
            Name = name,
        };

        Assert.Equal(command, handler.IsEphemeral(asked));
        Assert.Equal(
            press,
            handler.IsEphemeral(
                new Interaction.ButtonPress
                {
                    Id = new InteractionId(1),
                    Handle = this,
                    CustomId = $"{name}:",
                }
            )
        );
        Assert.Equal(
            commandInPrivate,
            handler.IsEphemeral(asked with { Options = new Dictionary<string, string> { ["private"] = "true" } })
        );
        Assert.Equal(
            command,
            handler.IsEphemeral(asked with { Options = new Dictionary<string, string> { ["private"] = "false" } })
        );
    }

    /// <summary>If a button replaces its message, the deferral must be an update; otherwise the old message
    /// stays.</summary>
    [Theory]
    [InlineData("quote:a:b:c", true)]
    [InlineData("quote:another:id", false)]
    [InlineData("quote:another:", false)]
    [InlineData("source:id", false)]
    [InlineData("timeline:1936:1940:2", true)]
    [InlineData("topics:x", false)]
    public void ReplacesMessage_IsAsTheAnswerWillBe(string customId, bool replaces)
    {
        using var catalogue = new TestCatalogue();
        var handler = new CommandRunner(catalogue.Live).Command(customId.Split(':')[0]);
        Interaction.ButtonPress press = new()
        {
            Id = new InteractionId(1),
            Handle = this,
            CustomId = customId,
        };

        Assert.Equal(replaces, handler.ReplacesMessage(press));
    }

    /// <summary>The defaults of a command: no buttons, no suggestions, public replies.</summary>
    [Fact]
    public async Task ACommand_WithoutButtonsAndSuggestions_StatesThatAButtonIsOutOfUse()
    {
        ISlashCommand command = new Bare();
        var press = new Interaction.ButtonPress
        {
            Id = new InteractionId(1),
            Handle = this,
            CustomId = "bare:",
        };
        var completion = new Interaction.Autocomplete
        {
            Id = new InteractionId(1),
            Handle = this,
            Name = "bare",
            Option = "o",
            Input = "",
        };

        Assert.False(command.IsEphemeral(press));
        Assert.False(command.ReplacesMessage(press));
        Assert.Empty(await command.CompleteAsync(completion, Strings.English, TestContext.Current.CancellationToken));
        var shown = ShownReply.Of(
            await command.HandleButtonAsync(press, Strings.French, TestContext.Current.CancellationToken)
        );
        Assert.Equal(("Ce bouton ne sert plus. Veuillez relancer la commande.", true), (shown.Text, shown.Private));
    }

    private sealed class Bare : ISlashCommand
    {
        public CommandDefinition Definition { get; } = new() { Name = "bare", Description = "For tests" };

        public ValueTask<Reply> HandleAsync(
            Interaction.Command command,
            Strings strings,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}
