using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>docs/json.md</c> tells every field that a verb prints, and no other: the names are a promise.</summary>
public sealed partial class JsonPageTests
{
    public static TheoryData<string> Verbs => [.. Printed.Keys];

    private static readonly Dictionary<string, JsonTypeInfo> Printed = new(StringComparer.Ordinal)
    {
        ["serge deliveries --json"] = ListJson.Readable.Delivery,
        ["serge plan --json"] = ListJson.Readable.Planned,
        ["serge preview ID --json"] = ListJson.Readable.ItemPreview,
        ["serge schedules --json"] = ListJson.Readable.ListedSchedule,
        ["serge quotes --json"] = ListJson.Readable.ListedQuote,
        ["serge events --json"] = ListJson.Readable.ListedEvent,
        ["serge topics --json"] = ListJson.Readable.Topic,
        ["serge status --json"] = ListJson.Readable.BotStatus,
        ["serge doctor --json"] = ListJson.Readable.DoctorLine,
    };

    private static readonly Dictionary<string, JsonTypeInfo> Inner = new(StringComparer.Ordinal)
    {
        ["posts"] = ListJson.Readable.PostPreview,
        ["senders"] = ListJson.Readable.Sender,
        ["destinations"] = ListJson.Readable.DestinationStatus,
    };

    [Theory]
    [MemberData(nameof(Verbs))]
    public void EveryField_HasALineOfItsOwn(string verb)
    {
        var fields = Fields(Printed[verb])
            .SelectMany(field =>
                Inner.TryGetValue(field, out var inner)
                    ? Fields(inner).Select(one => $"{field}[].{one}").Prepend(field)
                    : [field]
            );

        Assert.Equal(fields.Order(StringComparer.Ordinal), Told(verb).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryVerbOfThePage_IsTested() =>
        Assert.Equal(Printed.Keys.Order(StringComparer.Ordinal), Sections().Keys.Order(StringComparer.Ordinal));

    private static IEnumerable<string> Fields(JsonTypeInfo type) =>
        type.Properties.Where(property => property.Get is not null).Select(property => property.Name);

    private static IEnumerable<string> Told(string verb) =>
        Row().Matches(Sections()[verb]).Select(row => row.Groups["name"].Value);

    private static Dictionary<string, string> Sections()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Serge.Bot.sln")))
        {
            folder = folder.Parent!;
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "json.md"))
            .Split("\n### ")
            .Skip(1)
            .ToDictionary(section => section.Split('\n')[0].Trim('`'), StringComparer.Ordinal);
    }

    [GeneratedRegex(
        @"^\| `(?<name>[^`]+)` \|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Row();
}
