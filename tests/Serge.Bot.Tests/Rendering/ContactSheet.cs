using Serge.Bot.Cards;
using SkiaSharp;

namespace Serge.Bot.Tests.Rendering;

/// <summary>An overview of pictures for review: the shipped quotations in light, dark and square, and five
/// events.</summary>
public sealed class ContactSheet
{
    private const int Columns = 5;
    private const int CellWidth = 320;
    private const int CellHeight = 180;
    private const int Gap = 4;
    private const int Quality = 72;

    /// <summary>Run it with <c>SERGE_APPROVE=1</c> after a change of the pictures, and commit the file.</summary>
    [Fact(Explicit = true)]
    [Trait("Category", "Approve")]
    public async Task Draw_AllShippedQuotations_WritesTheSheet()
    {
        InstalledFonts.Require();
        var catalogue = LiveCatalogue.Open(Path.Combine(Repository.Root, "quotes")).Current;
        var quotes = catalogue.Quotes.Select(quote => PictureFormatter.Format(quote, Strings.English)).ToList();
        var byLength = catalogue.Events.Where(e => e.Date.IsDayExact).OrderBy(e => e.Text.Length).ToList();
        var events = Enumerable
            .Range(0, Columns)
            .Select(index => byLength[index * (byLength.Count - 1) / (Columns - 1)])
            .Select(e => PictureFormatter.Format(e, Strings.English));
        List<byte[]?> cards = [];
        using var drawer = TestEngine.Drawer(new CardSettings());
        await AddAsync(events, new CardStyle());
        await AddAsync(quotes, new CardStyle());
        await AddAsync(quotes, new CardStyle(isDark: true));
        await AddAsync(quotes, new CardStyle(1080, 1080));

        using var sheet = Compose(cards);
        using var file = sheet.Encode(SKEncodedImageFormat.Webp, Quality);
        if (Environment.GetEnvironmentVariable("SERGE_APPROVE") == "1")
        {
            var path = Path.Combine(Repository.Root, "docs", "cards.webp");
            await File.WriteAllBytesAsync(path, file.ToArray(), TestContext.Current.CancellationToken);
        }

        async Task AddAsync(IEnumerable<PostPicture> pictures, CardStyle style)
        {
            foreach (var picture in pictures)
            {
                cards.Add(await drawer.DrawAsync(picture, style, TestContext.Current.CancellationToken));
            }

            // Each group begins with a row.
            while (cards.Count % Columns > 0)
            {
                cards.Add(null);
            }
        }
    }

    private static SKImage Compose(IReadOnlyList<byte[]?> cards)
    {
        var rows = (cards.Count + Columns - 1) / Columns;
        SKImageInfo info = new((CellWidth + Gap) * Columns, (CellHeight + Gap) * rows);
        using var surface = SKSurface.Create(info);
        surface.Canvas.Clear(SKColors.Gray);
        SKSamplingOptions sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);
        foreach (var (index, card) in cards.Index().Where(cell => cell.Item is not null))
        {
            using var image = SKImage.FromEncodedData(card);
            var width = (float)CellHeight * image.Width / image.Height;
            var left = (index % Columns * (CellWidth + Gap)) + ((CellWidth - width) / 2);
            var top = index / Columns * (CellHeight + Gap);
            surface.Canvas.DrawImage(image, SKRect.Create(left, top, width, CellHeight), sampling);
        }

        return surface.Snapshot();
    }
}
