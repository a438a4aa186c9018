using Serge.Bot.Catalogue;
using Serge.Bot.Catalogue.Reading;
using Serge.Bot.Catalogue.Verifying;

namespace Serge.Bot.Fuzz.Targets;

/// <summary>Text files with essays.</summary>
internal sealed class EssayTarget : IFuzzTarget
{
    private readonly QuoteCatalogue _catalogue = CatalogueReader
        .Read(Path.Combine(Workspace.Repository, "quotes"))
        .Catalogue!;

    public string Name => "essays";

    public IReadOnlyList<string> Seeds =>
        [
            .. _catalogue
                .Quotes.Where(quote => quote.Via is not null)
                .Take(20)
                .Select(quote =>
                    $"{quote.Via!.Title}\nby {quote.Via.Author}\n\nSerge writes, “{quote.Text}” He was right.\n"
                ),
        ];

    public IReadOnlyList<string> Tokens { get; } =
    ["by Ann Author\n", "by \n", "\n\n", "“", "”", "‘", "’", " [", "] ", "…", " – ", "he writes, ", "Serge:", "By"];

    public Task RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        EssayVerifier.Verify(_catalogue, Input.ToText(input));
        return Task.CompletedTask;
    }
}
