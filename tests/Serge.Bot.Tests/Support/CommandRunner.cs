using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Tests.Support;

/// <summary>Runs the registered commands, except those that need the settings of a server, as a member would.</summary>
internal sealed class CommandRunner
{
    private static readonly Type[] OfServers = [typeof(TodaySlashCommand), typeof(ScheduleSlashCommand)];

    private readonly IApplicationCommand[] _commands;

    public CommandRunner(
        LiveCatalogue catalogue,
        string now = "2027-02-01 23:30",
        string zone = "Etc/UTC",
        AboutSettings? about = null,
        CardSettings? cards = null,
        Uri? site = null
    )
    {
        var settings = new BotSettings
        {
            LedgerPath = "serge.db",
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone),
            About = about ?? new AboutSettings(),
            Site = new SiteSettings { Address = site },
        };
        var calendar = new FakeTimeProvider(Some.At(now));
        var services = new ServiceCollection()
            .AddSingleton(catalogue)
            .AddSingleton(settings)
            .AddSingleton(new Random(1))
            .AddSingleton(new Clocks(calendar, calendar))
            .AddSingleton<ITimeZoneProvider>(new OneZone(settings))
            .AddSingleton<IDiscord>(new FakeDiscord())
            .AddSingleton(new QuotePictures(TestEngine.Drawer(cards ?? new CardSettings { IsEnabled = false })))
            .BuildServiceProvider();
        _commands =
        [
            .. Registered
                .Except(OfServers)
                .Select(type => (IApplicationCommand)ActivatorUtilities.CreateInstance(services, type)),
        ];
    }

    /// <summary>The classes of all commands that the bot registers.</summary>
    public static IReadOnlyList<Type> Registered { get; } =
    [
        .. new ServiceCollection()
            .AddCommands()
            .Where(service => service.ServiceType == typeof(IApplicationCommand))
            .Select(service => service.ImplementationType!),
    ];

    public IReadOnlyList<CommandDefinition> Definitions => [.. _commands.Select(command => command.Definition)];

    /// <summary>Runs a command, by default in English.</summary>
    public Task<ShownReply> AskAsync(string name, params (string Name, string Value)[] options) =>
        AskAsync(Strings.English, name, options);

    public async Task<ShownReply> AskAsync(
        Strings strings,
        string name,
        params (string Name, string Value)[] options
    ) =>
        ShownReply.Of(
            await Command(name)
                .HandleAsync(
                    new Interaction.Command
                    {
                        Id = new InteractionId(1),
                        Name = name,
                        Handle = new object(),
                        Options = options.ToDictionary(option => option.Name, option => option.Value),
                    },
                    strings,
                    TestContext.Current.CancellationToken
                )
        );

    /// <summary>Presses a button by its label, or by its custom id.</summary>
    public Task<ShownReply> PressAsync(ShownReply message, string label) => PressAsync(message.Button(label).CustomId);

    public async Task<ShownReply> PressAsync(string customId, Strings? strings = null)
    {
        Interaction.ButtonPress press = new()
        {
            Id = new InteractionId(2),
            Handle = new object(),
            CustomId = customId,
        };
        var command = Command(customId.Split(':')[0]);
        var reply = await command.HandleButtonAsync(
            press,
            strings ?? Strings.English,
            TestContext.Current.CancellationToken
        );
        if (reply is Reply.Update)
        {
            Assert.True(command.ReplacesMessage(press));
        }

        return ShownReply.Of(reply);
    }

    /// <summary>The suggestions for an incomplete input.</summary>
    public async Task<IReadOnlyList<Choice>> CompleteAsync(
        string name,
        string option,
        string typed,
        Strings? strings = null
    ) =>
        await Command(name)
            .CompleteAsync(
                new Interaction.Autocomplete
                {
                    Id = new InteractionId(3),
                    Name = name,
                    Option = option,
                    Input = typed,
                    Handle = new object(),
                },
                strings ?? Strings.English,
                TestContext.Current.CancellationToken
            );

    /// <summary>Uses the command in the menu of a message.</summary>
    /// <remarks>A slow reply is deferred according to <see cref="IApplicationCommand.IsEphemeral"/>, and Discord shows
    /// it as it was deferred.</remarks>
    public async Task<ShownReply> CheckAsync(string message, Strings? strings = null)
    {
        Interaction.MessageCommand check = new()
        {
            Id = new InteractionId(4),
            Name = Strings.English.IsThisAQuotation,
            Text = message,
            Handle = new object(),
        };
        var command = _commands.OfType<IMessageCommand>().Single();
        var reply = await command.HandleAsync(check, strings ?? Strings.English, TestContext.Current.CancellationToken);
        var shown = ShownReply.Of(reply);
        Assert.Equal(shown.Private, command.IsEphemeral(check));
        return shown;
    }

    public ISlashCommand Command(string name) =>
        _commands.OfType<ISlashCommand>().Single(command => command.Definition.Name == name);
}

/// <summary>The final state that a member sees.</summary>
internal sealed record ShownReply(string Text, bool Private, bool Replaces, IReadOnlyList<Button> Buttons)
{
    public Picture? Picture { get; init; }

    public static ShownReply Of(Reply reply) =>
        reply switch
        {
            Reply.Message(var message, var ephemeral) => new ShownReply(
                message.Text,
                ephemeral,
                Replaces: false,
                message.Buttons
            )
            {
                Picture = message.Picture,
            },
            Reply.Update(var message) => new ShownReply(message.Text, Private: false, Replaces: true, message.Buttons)
            {
                Picture = message.Picture,
            },
            _ => throw new ArgumentException($"{reply} shows nothing."),
        };

    public Button Button(string label) => Buttons.Single(button => button.Label == label);
}
