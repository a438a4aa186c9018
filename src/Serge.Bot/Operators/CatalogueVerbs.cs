using System.CommandLine;
using Serge.Bot.Delivery;
using Serge.Bot.Rendering;
using Serge.Bot.Settings;

namespace Serge.Bot.Operators;

/// <summary><c>serge check</c>: what is wrong with the quote files.</summary>
internal static class CheckVerb
{
    public static Command Create(VerbContext context)
    {
        var command = new Command("check", "Check the quote files: every problem with file, line and column, and how to mend it.");
        command.SetAction(async (result, cancellationToken) =>
        {
            var home = context.HomeOf(result);
            var (catalogue, problems) = CatalogueReader.Read(Path.Combine(home, "quotes"));
            var all = problems.ToList();
            if (catalogue is not null)
            {
                var settings = SettingsReader.Read(home).Settings;
                var limits = new InstanceLimits();
                var server = await ServerLimits.NameAsync(settings, limits, context, cancellationToken);
                all.AddRange(LengthCheck.Of(catalogue, new PostRenderer(settings, limits), server));
            }

            foreach (var problem in all)
            {
                await context.Output.WriteLineAsync(problem.ToString());
            }

            var errors = all.Count(problem => problem.Severity == Severity.Error);
            await context.Output.WriteLineAsync(catalogue is null
                ? $"{errors} errors: the bot would not start with these files."
                : $"{catalogue.Quotes.Count} quotations, {catalogue.Events.Count} events, {catalogue.Sources.Count} sources: {(all.Count == 0 ? "all is well" : $"{errors} errors, {all.Count - errors} warnings")}.");
            return errors > 0 ? 1 : 0;
        });
        return command;
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
        foreach (var (to, name) in new[] { (Destination.Mastodon, server), (new Destination(new ChannelId(1)), "Discord") })
        {
            foreach (var (quote, length, limit) in renderer.TooLong(catalogue, to))
            {
                yield return new Problem(quote.At, Severity.Warning, $"{quote.Id} is too long for {name}: {length} characters of {limit}.", "It is skipped there and another is chosen, for a quotation is never cut.");
            }

            foreach (var e in catalogue.Events.Where(e => renderer.Day([e], to, out _) is null))
            {
                yield return new Problem(e.At, Severity.Warning, $"{e.Id} is too long for {name}.", "Shorten its text or note; until then it is skipped there.");
            }
        }
    }
}

/// <summary><c>serge verify --essay FILE</c>: whether the quotations are what the essays print.</summary>
internal static class VerifyVerb
{
    public static Command Create(VerbContext context)
    {
        var essay = new Option<FileInfo>("--essay") { Description = "A text file with one or more of the essays, each under its title and author.", Required = true };
        var command = new Command("verify", "Compare every quotation, word for word, with the essay that prints it.") { essay };
        command.SetAction(async (result, cancellationToken) =>
        {
            var catalogue = LiveCatalogue.Open(Path.Combine(context.HomeOf(result), "quotes")).Current;
            string text;
            try
            {
                text = await File.ReadAllTextAsync(result.GetValue(essay)!.FullName, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new VerbException($"The essay cannot be read: {e.Message}");
            }

            var verification = EssayVerifier.Verify(catalogue, text);
            foreach (var problem in verification.Problems)
            {
                await context.Output.WriteLineAsync(problem.ToString());
            }

            foreach (var remark in verification.ForAHuman)
            {
                await context.Output.WriteLineAsync(remark.ToString());
            }

            await context.Output.WriteLineAsync(verification.IsClean
                ? $"All {catalogue.Quotes.Count} quotations stand word for word in the essays."
                : $"{verification.Problems.Count} problems.");
            return verification.IsClean ? 0 : 1;
        });
        return command;
    }
}

/// <summary><c>serge export</c>: the catalogue for other programs.</summary>
internal static class ExportVerb
{
    public static Command Create(VerbContext context)
    {
        var format = new Option<string>("--format") { Description = "json", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json");
        var command = new Command("export", "Print the catalogue as one JSON object: quotes, events, sources.") { format };
        command.SetAction(async (result, _) =>
        {
            using var json = new MemoryStream();
            CatalogueExport.ToJson(LiveCatalogue.Open(Path.Combine(context.HomeOf(result), "quotes")).Current, json);
            await context.Output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length));
            return 0;
        });
        return command;
    }
}
