using System.CommandLine;
using Serge.Bot.Site;
using Serge.Bot.Site.Content;

namespace Serge.Bot.Cli;

/// <summary><c>serge site</c>: writes the catalogue as a static site, or checks a site that was written.</summary>
internal static class SiteCommand
{
    public static Command Create(CommandContext context)
    {
        Option<string> output = new("--output")
        {
            Description =
                "The folder of the site. Only changed files are written, and those of entries that are gone are "
                + "removed.",
            HelpName = "DIR",
            Required = true,
        };
        Option<string?> baseUrl = new("--base-url")
        {
            Description =
                "The address of the start page, for feeds, sitemap and previews. Default: the setting Site:Address; "
                + "without both, the site has none of these.",
            HelpName = "URL",
        };
        Option<bool> pictures = new("--pictures")
        {
            Description =
                "Draw a picture of each quotation and event, which other sites show beside a link to its page. "
                + "Needs the address and a font.",
        };
        Option<bool> check = new("--check")
        {
            Description =
                "Write nothing: check that every link within the site and every quotation and event has its page.",
        };
        Command command = new(
            "site",
            "Write a static site with a page for each quotation, event, day, topic and source."
        )
        {
            output,
            baseUrl,
            pictures,
            check,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var folder = result.GetValue(output)!;
                if (string.IsNullOrWhiteSpace(folder))
                {
                    throw new CommandException("The name of the folder is empty. Write one, such as site.");
                }

                var view = await SiteView.ReadAsync(context.GetHome(result), context, cancellationToken);
                var root = ParseAddress(result.GetValue(baseUrl)) ?? view.Settings.Site.Address;
                if (result.GetValue(check))
                {
                    return await CheckAsync(view, folder, context);
                }

                using SitePictures previews = new(view.Settings.Cards);
                if (result.GetValue(pictures))
                {
                    await PreparePicturesAsync(previews, view.Served, root, context, cancellationToken);
                }

                return await WriteAsync(view, folder, root, previews.Pictures, context, cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> WriteAsync(
        SiteView view,
        string folder,
        Uri? root,
        IReadOnlyDictionary<string, SitePicture> pictures,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var directory = await SiteDirectory.OpenAsync(folder, cancellationToken);
        var gone = view.Withdrawn.Concat(directory.Entries);
        var content = view.CreateContent(root, gone, pictures);
        var changes = await WriteAsync(directory, content, context, cancellationToken);
        if (root is null)
        {
            await context.Error.WriteLineAsync(
                "The site has no feeds and no sitemap, which need its address. Set Site:Address, or use --base-url."
            );
        }

        var count = Plural.Of(changes.Files, "file");

        await context.Output.WriteLineAsync(
            $"{folder}: {count}, {changes.Written} written, {changes.Removed} removed."
        );
        return 0;
    }

    private static async Task PreparePicturesAsync(
        SitePictures pictures,
        QuoteCatalogue catalogue,
        Uri? root,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (root is null)
        {
            throw new CommandException(
                "--pictures needs the address of the site. Set Site:Address, or use --base-url."
            );
        }

        await pictures.PrepareAsync(catalogue, cancellationToken);
        foreach (var problem in pictures.Problems)
        {
            await context.Error.WriteLineAsync($"Some pages have no picture. {problem}");
        }
    }

    private static async Task<SiteChanges> WriteAsync(
        SiteDirectory directory,
        SiteContent content,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var files = SiteBuilder.Create(content);
        using var progress = ProgressLine.Start(context, "Writing the site", files.Count);
        var counted = files.Select(file => file with { RenderAsync = () => RenderAsync(file, progress) });
        return await directory.WriteAsync([.. counted], content.Gone, cancellationToken);
    }

    private static async Task<byte[]> RenderAsync(SiteFile file, ProgressLine progress)
    {
        var content = await file.RenderAsync();
        progress.Advance();
        return content;
    }

    private static async Task<int> CheckAsync(SiteView view, string folder, CommandContext context)
    {
        if (!Directory.Exists(folder))
        {
            throw new CommandException($"{folder} does not exist. serge site --output {folder} writes it.");
        }

        var all = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);
        var paths = all.Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .ToHashSet(StringComparer.Ordinal);
        List<string> problems = [.. view.FindMissing(paths)];
        using (ProgressLine.Start(context, "Checking the links"))
        {
            problems.AddRange(
                await SiteCheck.FindBrokenLinksAsync(paths, path => File.ReadAllBytesAsync(Path.Combine(folder, path)))
            );
        }

        foreach (var problem in problems)
        {
            await context.Output.WriteLineAsync(problem);
        }

        if (problems.Count == 0)
        {
            await context.Output.WriteLineAsync($"{folder}: {Plural.Of(paths.Count, "file")}, no problems.");
        }

        return CommandLine.GetExitCode(problems.Count == 0);
    }

    /// <exception cref="CommandException">It is not the address of a site.</exception>
    private static Uri? ParseAddress(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return SettingsSection.ParseServerAddress(text)
            ?? throw new CommandException(
                $"--base-url {text} is not an address. Write one such as https://example.org/serge/."
            );
    }
}
