using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Serge.Bot.Tests.Cli;

/// <summary><c>docs/json.md</c> describes every field that a command prints, and no other.</summary>
public sealed partial class JsonPageTests
{
    public static TheoryData<string> Commands => [.. Printed.Keys];

    private static readonly Dictionary<string, JsonTypeInfo> Printed = new(StringComparer.Ordinal)
    {
        ["serge deliveries --json"] = ListJson.Readable.PostSummary,
        ["serge plan --json"] = ListJson.Readable.PlanEntry,
        ["serge preview ID --json"] = ListJson.Readable.ItemPreview,
        ["serge schedules --json"] = ListJson.Readable.ListedSchedule,
        ["serge quotes --json"] = ListJson.Readable.ListedQuote,
        ["serge events --json"] = ListJson.Readable.ListedEvent,
        ["serge topics --json"] = ListJson.Readable.Topic,
        ["serge status --json"] = ListJson.Readable.BotStatus,
        ["serge doctor --json"] = ListJson.Readable.DoctorFinding,
        ["serge check --format json"] = ListJson.Readable.CheckSummary,
    };

    /// <summary>The types of the elements of list fields.</summary>
    private static readonly Dictionary<string, JsonTypeInfo> Elements = new(StringComparer.Ordinal)
    {
        ["posts"] = ListJson.Readable.PostPreview,
        ["senders"] = ListJson.Readable.Sender,
        ["destinations"] = ListJson.Readable.DestinationStatus,
        ["problems"] = ListJson.Readable.ProblemSummary,
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryField_IsInTheTableOfItsCommand(string command)
    {
        List<string> fields = [];
        foreach (var field in GetFields(Printed[command]))
        {
            fields.Add(field);
            if (Elements.TryGetValue(field, out var element))
            {
                fields.AddRange(GetFields(element).Select(inner => $"{field}[].{inner}"));
            }
        }

        Assert.Equal(fields.Order(StringComparer.Ordinal), GetDocumented(command).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryCommandOfThePage_IsTested() =>
        Assert.Equal(Printed.Keys.Order(StringComparer.Ordinal), GetSections().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void EveryTypeThatCommandsPrint_IsTested()
    {
        var printed = typeof(ListJson)
            .GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
            .Select(type => type.IsGenericType ? type.GetGenericArguments()[0] : type);

        Assert.Equal(
            printed.Select(type => type.Name).Order(StringComparer.Ordinal),
            Printed.Values.Select(type => type.Type.Name).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>A carriage return between values would be shown as <c>\u000d</c>, which is not JSON.</summary>
    [Fact]
    public void LineEnds_AreLineFeedsOnEverySystem() => Assert.Equal("\n", ListJson.Readable.Options.NewLine);

    private static IEnumerable<string> GetFields(JsonTypeInfo type) =>
        type.Properties.Where(property => property.Get is not null).Select(property => property.Name);

    private static IEnumerable<string> GetDocumented(string command) =>
        Row().Matches(GetSections()[command]).Select(row => row.Groups["name"].Value);

    private static Dictionary<string, string> GetSections() =>
        Repository
            .ReadPage("json.md")
            .Split("\n### ")
            .Skip(1)
            .ToDictionary(section => section.Split('\n')[0].Trim('`'), StringComparer.Ordinal);

    [GeneratedRegex(
        @"^\| `(?<name>[^`]+)` \|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Row();
}
