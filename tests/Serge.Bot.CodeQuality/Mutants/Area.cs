namespace Serge.Bot.CodeQuality.Mutants;

/// <summary>A part of the source and the unit tests that are responsible for it.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Project">The source project, below <c>src</c>.</param>
/// <param name="Folders">The folders of the project that are mutated; empty for all of it.</param>
/// <param name="TestProject">The test project, below <c>tests</c>.</param>
/// <param name="Filters">Arguments of xUnit's runner that select the area's tests; empty for all.</param>
internal sealed record Area(
    string Name,
    string Project,
    IReadOnlyList<string> Folders,
    string TestProject,
    IReadOnlyList<string> Filters
)
{
    public static IReadOnlyList<Area> All { get; } =
    [
        Whole("catalogue", "Serge.Bot.Catalogue"),
        Whole("engine", "Serge.Bot.Posting") with
        {
            TestProject = "Serge.Bot.Tests",
            Filters = Namespaces("Delivery", "Scheduling", "Databases", "Guilds", "Alerts"),
        },
        Part("guilds", "Guilds", "Alerts") with
        {
            Filters = Namespaces("Guilds", "Alerts", "Databases", "Delivery", "Scheduling"),
        },
        Whole("discord", "Serge.Bot.Discord"),
        Whole("mastodon", "Serge.Bot.Mastodon"),
        Whole("platforms", "Serge.Bot.Platforms"),
        Part("commands", "Commands", "Rendering"),
        Part("cli", "Cli", "Hosting", "Publishing", "QuoteFiles", "Settings", "Telemetry") with
        {
            Filters = Namespaces("Cli", "Health", "Hosting", "Publishing", "QuoteFiles", "Settings", "Telemetry"),
        },
    ];

    /// <exception cref="ArgumentException">There is no area of that name.</exception>
    public static Area Find(string name) =>
        All.FirstOrDefault(area => area.Name == name)
        ?? throw new ArgumentException(
            $"No area is named {name}. Areas: {string.Join(", ", All.Select(area => area.Name))}."
        );

    private static Area Whole(string name, string project) => new(name, project, [], $"{project}.Tests", []);

    private static Area Part(string name, params string[] folders) =>
        new(name, "Serge.Bot", folders, "Serge.Bot.Tests", Namespaces(folders));

    private static List<string> Namespaces(params string[] folders) =>
        [.. folders.SelectMany(folder => (string[])["-namespace", $"Serge.Bot.Tests.{folder}*"])];
}
