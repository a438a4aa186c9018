using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Cli;

/// <summary>Finds items whose picture cannot be drawn.</summary>
internal static class PictureCheck
{
    /// <returns>Nothing if this machine has no font: the person who edits quotations is not always the one who runs the
    /// bot.</returns>
    public static async Task<IReadOnlyList<Problem>> RunAsync(
        QuoteCatalogue catalogue,
        CardSettings settings,
        FontFolders folders,
        CancellationToken cancellationToken
    )
    {
        using PictureDrawer drawer = new(settings, folders, NullLogger<PictureDrawer>.Instance);
        if (!await drawer.HasFontAsync(cancellationToken))
        {
            return [];
        }

        List<Problem> problems = [];
        foreach (var quote in catalogue.Quotes)
        {
            await CheckAsync(quote.Id, PictureFormatter.Format(quote, Strings.English), quote.Location);
        }

        foreach (var e in catalogue.Events)
        {
            await CheckAsync(e.Id, PictureFormatter.Format(e, Strings.English), e.Location);
        }

        return problems;

        async Task CheckAsync(string id, PostPicture picture, FileLocation location)
        {
            if (await drawer.CheckAsync(picture, cancellationToken) is { } reason)
            {
                var message = $"{id} has no picture and is posted as text only. {reason.Problem}";
                problems.Add(new Problem(location, ProblemSeverity.Warning, message, reason.Fix));
            }
        }
    }
}
