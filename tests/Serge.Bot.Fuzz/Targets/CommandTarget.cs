using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Commands;
using Serge.Bot.Guilds;
using Serge.Bot.Platforms;
using Serge.Bot.Posting.Model;
using Serge.Bot.Publishing;
using Serge.Bot.QuoteFiles;
using Serge.Bot.Rendering;
using Serge.Bot.Settings;

namespace Serge.Bot.Fuzz.Targets;

/// <summary>Options of slash commands, typed text and ids of buttons. The first word selects the command.</summary>
internal sealed class CommandTarget : IFuzzTarget, ITimeZoneProvider
{
    private readonly ISlashCommand[] _commands;
    private readonly QuotationCheckCommand _check;

    public CommandTarget(Workspace workspace)
    {
        var catalogue = LiveCatalogue.Open(workspace.Quotes);
        PictureDrawer drawer = new(new CardSettings(), FontFolders.System, NullLogger<PictureDrawer>.Instance);
        var settings = SettingsReader.Read(workspace.Home).Settings;
        _commands =
        [
            new QuoteSlashCommand(catalogue, new QuotePictures(drawer), new Random(1)),
            new OnThisDaySlashCommand(catalogue, this, Clocks.Real),
            new TimelineSlashCommand(catalogue),
            new TopicsSlashCommand(catalogue),
            new SourceSlashCommand(catalogue, settings),
        ];
        _check = new QuotationCheckCommand(catalogue);
    }

    public string Name => "commands";

    public IReadOnlyList<string> Seeds { get; } =
    [
        "quote search=the end",
        "quote topic=revolution",
        "quote id=end-commands-means",
        "quote id=end-commands-means\npicture=true",
        "on-this-day date=1 February",
        "on-this-day date=02-30",
        "on-this-day date=1/2/1933",
        "timeline from=1917\nto=spring 1936",
        "timeline from=1933-02-01/..",
        "timeline from=the 1920s",
        "source id=end-commands-means",
        "quote:0a1b:revolution:",
        "timeline:1917:1936:2",
        "topics x=y",
        "source:end-commands-means",
        "> **power** exerts on those who hold it a ||pernicious|| “influence” <@1> [x](https://a.b)",
        "schedule days=mon-fri\ntime=9:30 pm\nzone=Europe/Brussels",
    ];

    public IReadOnlyList<string> Tokens { get; } =
    [
        "1er février",
        "29 February",
        "..",
        "~",
        "?",
        "19XX",
        "1933-21",
        "22nd",
        "21h30",
        "9 pm",
        "mo,tu",
        "every day",
        "Etc/GMT+5",
        "=",
        ":",
    ];

    public TimeZoneInfo GetTimeZone(Interaction interaction) => TimeZoneInfo.Utc;

    public async Task RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var text = Input.ToText(input);
        ParseScheduleTexts(text);
        Interaction.MessageCommand check = new()
        {
            Id = new InteractionId(4),
            Name = _check.Definition.Name,
            Handle = this,
            Text = text,
        };
        await _check.HandleAsync(check, Strings.English, cancellationToken);
        foreach (var command in _commands)
        {
            var strings = input.Length % 2 == 0 ? Strings.English : Strings.French;
            var options = GetOptions(text);
            var name = command.Definition.Name;
            Interaction.Command call = new()
            {
                Id = new InteractionId(1),
                Name = name,
                Handle = this,
                Options = options,
            };
            await command.HandleAsync(call, strings, cancellationToken);
            Interaction.ButtonPress press = new()
            {
                Id = new InteractionId(2),
                Handle = this,
                CustomId = text,
            };
            if (text.Split(':')[0] == name)
            {
                await command.HandleButtonAsync(press, strings, cancellationToken);
            }

            foreach (var (option, value) in options)
            {
                Interaction.Autocomplete completion = new()
                {
                    Id = new InteractionId(3),
                    Name = name,
                    Option = option,
                    Input = value,
                    Handle = this,
                };
                await command.CompleteAsync(completion, strings, cancellationToken);
            }
        }
    }

    private static void ParseScheduleTexts(string text)
    {
        foreach (var value in GetOptions(text).Values)
        {
            _ = TimeOfDayText.TryParse(value, out _);
            _ = WeekdaysText.TryParse(value, out _);
            _ = TimeZoneNames.Find(value);
            _ = ScheduleName.TryParse(value, out _);
        }
    }

    private static Dictionary<string, string> GetOptions(string text)
    {
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var parts = line.Split('=', 2);
            options[parts[0].Split(' ')[^1]] = parts[^1];
        }

        return options;
    }
}
