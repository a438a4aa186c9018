using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using RazorSlices;

namespace Serge.Bot.Site.Slices;

/// <summary>Renders slices.</summary>
internal static class PageRenderer
{
    /// <summary>Escapes markup only: letters of all scripts stay readable in the source of a page.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static SiteFile CreateFile(PageFrame page, Func<RazorSlice> create)
    {
        var folder = page.Language.Folder + page.Path;
        var path = page.UsesAbsoluteLinks ? $"{page.Language.Folder}404.html" : $"{folder}index.html";
        return new(path, RenderBytesAsync) { IndexedPage = page.IsIndexed ? folder : null };

        async Task<byte[]> RenderBytesAsync()
        {
            var text = await RenderAsync(create());
            return Encoding.UTF8.GetBytes(text);
        }
    }

    /// <summary>Renders a slice, which it disposes.</summary>
    public static async Task<string> RenderAsync(RazorSlice slice)
    {
        using (slice)
        {
            using StringWriter writer = new();
            writer.NewLine = "\n";
            await slice.RenderAsync(writer, Encoder);
            return writer.ToString();
        }
    }
}
