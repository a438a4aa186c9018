using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge check</c>: reports the problems of the quote files.</summary>
internal static class CheckCommand
{
    public static Command Create(CommandContext context)
    {
        Option<string> format = new("--format")
        {
            Description = "text for people, json for programs, github for annotations in a GitHub workflow.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "github");
        Command command = new(
            "check",
            "Check the quote files: every problem with file, line and column, and how to fix it."
        )
        {
            format,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var home = context.GetHome(result);
                var (catalogue, problems) = CatalogueReader.Read(HomeDirectory.GetQuotes(home));
                var ofPosts = await CheckPostsAsync(home, catalogue, context, cancellationToken);
                CheckReport report = new(catalogue, [.. problems, .. ofPosts]);
                var text = Format(report, result.GetValue(format));
                await context.Output.WriteLineAsync(text);
                return CommandLine.GetExitCode(report.Errors == 0);
            }
        );
        return command;
    }

    private static string Format(CheckReport report, string? format)
    {
        switch (format)
        {
            case "json":
                return report.ToJson();
            case "github":
                var root = Environment.GetEnvironmentVariable("GITHUB_WORKSPACE") ?? Directory.GetCurrentDirectory();
                return report.ToGitHub(root);
            default:
                return report.ToText();
        }
    }

    private static async Task<IEnumerable<Problem>> CheckPostsAsync(
        string home,
        QuoteCatalogue? catalogue,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (catalogue is null)
        {
            return [];
        }

        try
        {
            var settings = SettingsReader.Read(home).Settings;
            InstanceLimits limits = new();
            var server = await ServerLimits.LoadAsync(settings, limits, context, cancellationToken);
            var renderers = PostRenderers.Create(settings.MastodonPosts, limits, () => catalogue.Author);
            var pictures = await PictureCheck.RunAsync(
                catalogue,
                settings.Cards,
                FontFolders.System,
                cancellationToken
            );
            return LengthCheck.Run(catalogue, renderers, server).Concat(pictures);
        }
        catch (SettingsException invalid)
        {
            // The person who edits quotations is not always the one who runs the bot.
            await context.Error.WriteLineAsync(
                "The settings have errors, so lengths were not compared with the platforms' limits. The first error: "
                    + invalid.Problems[0]
            );
            return [];
        }
    }
}
