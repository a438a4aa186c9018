using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge check</c>: what is wrong with the quote files.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandContext context)
    {
        var format = new Option<string>("--format")
        {
            Description = "text for people, json for programs, github for annotations in a GitHub workflow.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "github");
        var command = new Command(
            "check",
            "Check the quote files: every problem with file, line and column, and how to mend it."
        )
        {
            format,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var home = context.GetHome(result);
                var (catalogue, problems) = CatalogueReader.Read(Path.Combine(home, "quotes"));
                var tooLong = catalogue is null ? [] : await TooLongAsync(home, catalogue, context, cancellationToken);
                CheckReport report = new(catalogue, [.. problems, .. tooLong]);
                await context.Output.WriteLineAsync(
                    result.GetValue(format) switch
                    {
                        "json" => report.ToJson(),
                        "github" => report.ToGitHub(
                            Environment.GetEnvironmentVariable("GITHUB_WORKSPACE") ?? Directory.GetCurrentDirectory()
                        ),
                        _ => report.ToText(),
                    }
                );
                return report.Errors > 0 ? 1 : 0;
            }
        );
        return command;
    }

    private static async Task<IEnumerable<Problem>> TooLongAsync(
        string home,
        QuoteCatalogue catalogue,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var settings = SettingsReader.Read(home).Settings;
            var limits = new InstanceLimits();
            var server = await ServerLimits.NameAsync(settings, limits, context, cancellationToken);
            return LengthCheck.Of(catalogue, new PostRenderer(settings, limits), server);
        }
        catch (SettingsException wrong)
        {
            // Whoever edits quotations is not always who runs the bot.
            await context.Error.WriteLineAsync(
                $"The settings have mistakes, so nothing was measured against the platforms' limits. The first: {wrong.Problems[0]}"
            );
            return [];
        }
    }
}

/// <summary>Which items are too long for a platform, rendered as they would be posted.</summary>
internal static class LengthCheck
{
    /// <param name="catalogue">What there is.</param>
    /// <param name="renderer">Goes by the server's limits as far as they are known.</param>
    /// <param name="server">The Mastodon server, in words.</param>
    public static IEnumerable<Problem> Of(QuoteCatalogue catalogue, PostRenderer renderer, string server)
    {
        foreach (
            var (to, name) in new[] { (Destination.Mastodon, server), (new Destination(new ChannelId(1)), "Discord") }
        )
        {
            foreach (var (quote, length, limit) in renderer.TooLong(catalogue, to))
            {
                yield return new Problem(
                    quote.At,
                    Severity.Warning,
                    $"{quote.Id} is too long for {name}: {length} characters of {limit}.",
                    "It is skipped there and another is chosen, for a quotation is never cut."
                );
            }

            foreach (var e in catalogue.Events.Where(e => renderer.Day([e], to, out _) is null))
            {
                yield return new Problem(
                    e.At,
                    Severity.Warning,
                    $"{e.Id} is too long for {name}.",
                    "Shorten its text or note; until then it is skipped there."
                );
            }
        }
    }
}
