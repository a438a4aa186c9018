using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Cards;
using Serge.Bot.Site.Content;

namespace Serge.Bot.Cli;

/// <summary>Previews of the site's pages: the pictures that posts have.</summary>
internal sealed class SitePictures(CardSettings settings) : IDisposable
{
    private readonly PictureDrawer _drawer = new(settings, FontFolders.System, NullLogger<PictureDrawer>.Instance);

    private readonly Dictionary<string, SitePicture> _pictures = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _problems = new(StringComparer.Ordinal);

    /// <summary>By the path of the page, with the folder of its language.</summary>
    public IReadOnlyDictionary<string, SitePicture> Pictures => _pictures;

    /// <summary>Why some pages have none.</summary>
    public IEnumerable<string> Problems => _problems;

    /// <summary>Prepares the pictures of all quotations and events. What has a content warning gets none: its words
    /// would be shown before the warning.</summary>
    public async Task PrepareAsync(QuoteCatalogue catalogue, CancellationToken cancellationToken)
    {
        foreach (var (language, strings) in SiteWording.LanguagesWithStrings)
        {
            foreach (var quote in catalogue.Quotes)
            {
                var path = language.Folder + SitePaths.GetQuotePath(quote.Id);
                await AddAsync(path, PictureFormatter.Format(quote, strings), cancellationToken);
            }

            foreach (var known in catalogue.Events)
            {
                var path = language.Folder + SitePaths.GetEventPath(known.Id);
                await AddAsync(path, PictureFormatter.Format(known, strings), cancellationToken);
            }
        }
    }

    public void Dispose() => _drawer.Dispose();

    private async Task AddAsync(string path, PostPicture picture, CancellationToken cancellationToken)
    {
        if (picture.IsHidden)
        {
            return;
        }

        if (await _drawer.CheckAsync(picture, cancellationToken) is { } problem)
        {
            _problems.Add(problem.Message);
            return;
        }

        CardStyle style = new();
        _pictures[path] = new SitePicture(
            style.Width,
            style.Height,
            picture.Description,
            () => _drawer.DrawAsync(picture, style, CancellationToken.None)
        );
    }
}
