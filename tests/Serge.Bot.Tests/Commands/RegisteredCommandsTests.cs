using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Tests.Commands;

/// <summary>The complete registration with Discord, approved by a person and valid by Discord's rules.</summary>
public sealed partial class RegisteredCommandsTests : IAsyncLifetime
{
    private readonly TestCatalogue _catalogue = new();
    private IReadOnlyList<CommandDefinition> _commands = [];

    public async ValueTask InitializeAsync()
    {
        var clock = new FakeTimeProvider();
        await using var host = await WorkerHost.BuildAsync(
            new WorkerOptions
            {
                Home = _catalogue.Home,
                CreatesLedger = true,
                Overrides = new Dictionary<string, string?> { ["Discord:Token"] = "MTA.x.x" },
                Clocks = new Clocks(clock, clock),
                Random = new Random(1),
            },
            TestContext.Current.CancellationToken
        );
        _commands = host.Services.GetRequiredService<InteractionDispatcher>().Commands;
    }

    public ValueTask DisposeAsync()
    {
        _catalogue.Dispose();
        return default;
    }

    [Fact]
    public void Commands_AreAsApproved() => Approved.Verify("commands.approved.txt", Describe(_commands));

    [Fact]
    public void NamesAndDescriptions_InEveryLanguage_KeepDiscordsRules()
    {
        foreach (var (names, descriptions) in Everything(_commands.Where(IsSlash)))
        {
            Assert.All(
                names,
                name =>
                {
                    Assert.Matches(@"^[-_'\p{L}\p{N}]{1,32}$", name);
                    Assert.Equal(name.ToLowerInvariant(), name);
                }
            );
            Assert.All(descriptions, description => Assert.InRange(description.EnumerateRunes().Count(), 1, 100));
        }
    }

    /// <summary>Source: Discord docs, Interactions/Application Commands, Application Command Naming: the name may have
    /// capitals and spaces; a description is not allowed.</summary>
    [Fact]
    public void MessageCommands_InEveryLanguage_KeepDiscordsRules()
    {
        var commands = _commands.Where(command => !IsSlash(command)).ToList();
        Assert.InRange(commands.Count, 1, 15);
        Assert.All(
            commands,
            command =>
                Assert.Equal(
                    ("", 0, 0),
                    (command.Description, command.Options.Count, command.DescriptionLocalizations.Count)
                )
        );
        Assert.All(
            commands.SelectMany(command => command.NameLocalizations.Values.Append(command.Name)),
            name => Assert.Matches(@"^(?! )[ -~\u00C0-\u017F]{1,32}(?<! )$", name)
        );
    }

    [Fact]
    public void Options_AreAtMostTwentyFiveWithDifferentNamesAndRequiredOnesFirst() =>
        Assert.All(
            _commands.SelectMany(command => Lists(command.Options)),
            options =>
            {
                Assert.InRange(options.Count, 0, 25);
                Assert.Equal(options.OrderByDescending(option => option.Required), options);
                foreach (var strings in Strings.All)
                {
                    Assert.Equal(
                        options.Count,
                        options
                            .Select(option =>
                                option.NameLocalizations.GetValueOrDefault(strings.DiscordLocale, option.Name)
                            )
                            .Distinct()
                            .Count()
                    );
                }
            }
        );

    /// <summary>Source: Discord docs, Interactions/Application Commands, Localization.</summary>
    [Fact]
    public void Options_InEveryLanguage_HaveOtherNamesThanTheDefaultNamesOfOtherOptions() =>
        Assert.All(
            _commands.SelectMany(command => Lists(command.Options)),
            options =>
                Assert.All(
                    options,
                    option =>
                    {
                        var others = options.Where(other => other.Name != option.Name).Select(other => other.Name);
                        Assert.Empty(option.NameLocalizations.Values.Intersect(others, StringComparer.Ordinal));
                    }
                )
        );

    [Fact]
    public void WhatTheBotSays_NamesOnlyCommandsAndOptionsThatThereAre()
    {
        foreach (var strings in Strings.All)
        {
            var known = _commands
                .Where(IsSlash)
                .ToDictionary(
                    command => command.NameLocalizations.GetValueOrDefault(strings.DiscordLocale, command.Name),
                    command => Options(command.Options, strings).ToHashSet()
                );
            foreach (var (name, text) in StringsTests.Read(strings))
            {
                foreach (Match code in Code().Matches(text))
                {
                    Assert.True(
                        known.TryGetValue(code.Groups["command"].Value, out var options),
                        $"{name}: there is no {code.Value}"
                    );
                    Assert.All(
                        Option().Matches(code.Value),
                        option => Assert.Contains(option.Groups["name"].Value, options!)
                    );
                }
            }
        }
    }

    private static bool IsSlash(CommandDefinition command) => command.Type == CommandType.Slash;

    /// <summary>French under English.</summary>
    private static string Describe(IReadOnlyList<CommandDefinition> commands) =>
        string.Concat(commands.Where(command => !IsSlash(command)).Select(DescribeMenu))
        + DescribeSlash(commands.Where(IsSlash));

    private static string DescribeMenu(CommandDefinition command) =>
        $"""
            {command.Type}: {command.Name}
            {command.Type} : {InFrench(command.NameLocalizations, command.Name)}
              in {command.Contexts}; {(command.UserInstallable ? "servers and members" : "servers only")}; for {command
                .DefaultMemberPermissions?.ToString() ?? "everybody"}


            """;

    private static string DescribeSlash(IEnumerable<CommandDefinition> commands) =>
        string.Concat(
            commands
                .OrderBy(command => command.Name, StringComparer.Ordinal)
                .Select(command =>
                    $"""
                        /{command.Name}: {command.Description}
                        /{InFrench(command.NameLocalizations, command.Name)} : {InFrench(
                            command.DescriptionLocalizations,
                            command.Description
                        )}
                          in {command.Contexts}; {(
                            command.UserInstallable ? "servers and members" : "servers only"
                        )}; for {command.DefaultMemberPermissions?.ToString() ?? "everybody"}
                        {string.Concat(command.Options.Select(option => Describe(option, "  ")))}

                        """
                )
        );

    private static string Describe(CommandOption option, string indent)
    {
        List<string> traits =
        [
            option.Type.ToString(),
            .. option.Choices.Select(choice => $"{choice.Value} = {choice.Name}"),
        ];
        traits.AddRange(option.Required ? ["required"] : []);
        traits.AddRange(option.Autocomplete ? ["completes"] : []);
        traits.AddRange(option.MaxLength is { } most ? [FormattableString.Invariant($"at most {most}")] : []);
        var name = InFrench(option.NameLocalizations, option.Name);
        var description = InFrench(option.DescriptionLocalizations, option.Description);
        return $"{indent}{option.Name}: {option.Description} [{string.Join(", ", traits)}]\n"
            + $"{indent}{name} : {description}\n"
            + string.Concat(option.Options.Select(inner => Describe(inner, indent + "  ")));
    }

    /// <summary>What a French member sees: without a French text, the English one.</summary>
    private static string InFrench(IReadOnlyDictionary<string, string> texts, string english) =>
        texts.GetValueOrDefault("fr", english);

    private static IEnumerable<(IEnumerable<string> Names, IEnumerable<string> Descriptions)> Everything(
        IEnumerable<CommandDefinition> commands
    ) =>
        commands.SelectMany(command =>
            Everything(command.Options)
                .Prepend(
                    (
                        command.NameLocalizations.Values.Append(command.Name),
                        command.DescriptionLocalizations.Values.Append(command.Description)
                    )
                )
        );

    private static IEnumerable<(IEnumerable<string> Names, IEnumerable<string> Descriptions)> Everything(
        IEnumerable<CommandOption> options
    ) =>
        options.SelectMany(option =>
            Everything(option.Options)
                .Prepend(
                    (
                        option.NameLocalizations.Values.Append(option.Name),
                        option.DescriptionLocalizations.Values.Append(option.Description)
                    )
                )
        );

    private static IEnumerable<IReadOnlyList<CommandOption>> Lists(IReadOnlyList<CommandOption> options) =>
        options.SelectMany(option => Lists(option.Options)).Prepend(options);

    private static IEnumerable<string> Options(IEnumerable<CommandOption> options, Strings strings) =>
        options.SelectMany(option =>
            Options(option.Options, strings)
                .Prepend(option.NameLocalizations.GetValueOrDefault(strings.DiscordLocale, option.Name))
        );

    [GeneratedRegex(@"`/(?<command>[^\s`]+)(?<rest>[^`]*)`", RegexOptions.None, 60_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<name>[\p{L}-]+):", RegexOptions.None, 60_000)]
    private static partial Regex Option();
}
