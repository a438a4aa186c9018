using System.Text.Json;
using CsCheck;

namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>The reader can read the export, because JSON is YAML.</summary>
public sealed class RoundTripTests
{
    private static readonly Gen<string> Word = Gen.OneOf(
        "sea",
        "Émile",
        "L’Anarchie",
        "[T]he",
        "“so-called”",
        "a: b",
        "#1",
        "- x",
        "|",
        ">",
        "&c",
        "*",
        "!",
        "%",
        "@",
        "`",
        "…",
        "—",
        "\\",
        "{y}",
        "'",
        "\"",
        "🌊",
        "no",
        "~",
        "?"
    );

    private static readonly Gen<string> Text = Word.Array[1, 12]
        .Select(Gen.OneOf("\n", " "), static (words, space) => $"x {string.Join(space, words)}.");

    private static readonly Gen<string> Line = Word.Array[1, 12]
        .Select(static words => $"x {string.Join(' ', words)}.");

    private static readonly Gen<Quote> AnyQuote = Gen.Select(
            Text,
            Gen.OneOf("1919", "1919~", "1936-21", "1933-02-01/.."),
            Gen.Bool,
            Line,
            Gen.OneOf("sea", "salt-and-wind")
        )
        .Select(
            static (text, written, joined, line, topic) =>
                Some.Quote("q", text, [topic], Some.Memoirs, Some.Essay, joined, line, line, written) with
                {
                    Warning = "storms",
                }
        );

    [Fact]
    public void Read_WhatWasExported_IsTheSame() =>
        AnyQuote
            .Array[1, 5]
            .Sample(static quotes =>
            {
                // A number makes ids and texts distinct; without a note, similar texts would be an error.
                QuoteCatalogue before = new(
                    Some.Author,
                    [.. quotes.Select(static (quote, i) => quote with { Id = $"q-{i}", Text = $"{i} {quote.Text}" })],
                    [],
                    [Some.Memoirs, Some.Essay]
                );
                using MemoryStream stream = new();
                CatalogueExport.WriteJson(before, stream);
                using var json = JsonDocument.Parse(stream.ToArray());
                var reading = CatalogueReader.Parse(
                    json.RootElement.GetProperty("quotes").GetRawText(),
                    json.RootElement.GetProperty("events").GetRawText(),
                    json.RootElement.GetProperty("sources").GetRawText(),
                    json.RootElement.GetProperty("author").GetRawText()
                );
                Assert.DoesNotContain(reading.Problems, static problem => problem.Severity == ProblemSeverity.Error);
                Assert.Equal(before.Quotes.Select(Members), reading.Catalogue!.Quotes.Select(Members));
                Assert.Equal(
                    before.Sources.Select(static s => (s.Id, s.Kind, s.Title, s.Author)),
                    reading.Catalogue.Sources.Select(static s => (s.Id, s.Kind, s.Title, s.Author))
                );
            });

    private static (string, string, string?, string?, string, EdtfDate?, (bool, string?, string?, string?)) Members(
        Quote quote
    ) =>
        (
            quote.Id,
            quote.Text,
            quote.Work?.Id,
            quote.Via?.Id,
            string.Join(' ', quote.Topics),
            quote.Written,
            (quote.IsJoined, quote.Context, quote.Warning, quote.Note)
        );
}
