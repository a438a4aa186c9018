using System.Text;
using System.Text.Json;

namespace Serge.Bot.Catalogue.Tests;

public sealed class CatalogueExportTests
{
    [Fact]
    public void WriteJson_ACatalogue_IsOneObjectWithTheKeysOfTheFiles()
    {
        var source = Some.Memoirs with
        {
            Published = EdtfDate.Parse("1951"),
            Translator = "Peter Sedgwick",
            Url = new("https://example.org/mémoires"),
        };
        var @event = Some.Event("winter-palace", "1917-11-07", EventStatus.Disputed, "It fell.") with
        {
            Kind = EventKind.Life,
            MentionedBy = [Some.Essay],
            Sources = [source],
            Note = "Or not.",
            IsPosted = false,
            Quote = "end",
            Warning = "a storm",
        };
        Assert.True(JulianDay.TryParse("1917-10-25", out var oldStyle));
        QuoteCatalogue catalogue = new(
            Some.Author,
            [
                Some.Quote(
                    "end",
                    "“Serge’s” <end> & é 🌊",
                    ["a", "b"],
                    source,
                    joined: true,
                    context: "c",
                    note: "n",
                    written: "1919~"
                ) with
                {
                    Warning = "w",
                    Speaker = "A speaker",
                    Answers = new Dictionary<string, string> { ["names"] = "Nobody." },
                },
                Some.Quote("bare"),
            ],
            [@event with { OldStyle = oldStyle }, Some.Event("bare", "1919-01")],
            [source, Some.Essay]
        );
        Assert.Equal(
            """
            {
              "author": {
                "name": "Victor Serge",
                "sortName": "Serge, Victor",
                "about": {
                  "en": "writer",
                  "fr": "écrivain"
                },
                "tag": "VictorSerge",
                "pronoun": "he",
                "otherNames": [
                  "Victor Kibalchich"
                ]
              },
              "quotes": [
                {
                  "id": "end",
                  "text": "“Serge’s” <end> & é 🌊",
                  "work": "memoirs",
                  "via": "harbour",
                  "topics": [
                    "a",
                    "b"
                  ],
                  "joined": true,
                  "speaker": "A speaker",
                  "written": "1919~",
                  "context": "c",
                  "warning": "w",
                  "note": "n",
                  "answers": {
                    "names": "Nobody."
                  }
                },
                {
                  "id": "bare",
                  "text": "Words.",
                  "work": null,
                  "via": "harbour",
                  "topics": [
                    "words"
                  ],
                  "joined": false
                }
              ],
              "events": [
                {
                  "id": "winter-palace",
                  "date": "1917-11-07",
                  "oldStyle": "1917-10-25",
                  "text": "It fell.",
                  "kind": "life",
                  "status": "disputed",
                  "sources": [
                    "memoirs"
                  ],
                  "mentionedBy": [
                    "harbour"
                  ],
                  "post": false,
                  "quote": "end",
                  "warning": "a storm",
                  "note": "Or not."
                },
                {
                  "id": "bare",
                  "date": "1919-01",
                  "text": "It happened.",
                  "kind": "context",
                  "status": "sure",
                  "sources": [],
                  "mentionedBy": [],
                  "post": true
                }
              ],
              "sources": [
                {
                  "id": "memoirs",
                  "kind": "work",
                  "title": "Memoirs of a Revolutionary",
                  "author": "Victor Serge",
                  "published": "1951",
                  "translator": "Peter Sedgwick",
                  "url": "https://example.org/mémoires"
                },
                {
                  "id": "harbour",
                  "kind": "essay",
                  "title": "The Harbour Lights",
                  "author": "Ann Author"
                }
              ]
            }

            """.ReplaceLineEndings("\n").Replace("🌊", "\\uD83C\\uDF0A", StringComparison.Ordinal),
            Export(catalogue)
        );
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("“quoted” \"straight\" \\ back / slash")]
    [InlineData("two\nlines and a 🌊")]
    [InlineData("</script><b>")]
    public void WriteJson_AnyText_IsReadBackAsItWas(string text)
    {
        using var json = JsonDocument.Parse(Export(Some.Catalogue(Some.Quote("a", text))));
        Assert.Equal(text, json.RootElement.GetProperty("quotes")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(EventKind.Life, "life")]
    [InlineData(EventKind.Context, "context")]
    [InlineData(EventKind.Person, "person")]
    public void WriteJson_AKind_IsTheWordOfTheFile(EventKind kind, string expected)
    {
        using var json = JsonDocument.Parse(Export(Some.Catalogue(Some.Event("a", "1919") with { Kind = kind })));
        Assert.Equal(expected, json.RootElement.GetProperty("events")[0].GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData(EventStatus.Sure, "sure")]
    [InlineData(EventStatus.Likely, "likely")]
    [InlineData(EventStatus.Disputed, "disputed")]
    public void WriteJson_AStatus_IsTheWordOfTheFile(EventStatus status, string expected)
    {
        using var json = JsonDocument.Parse(Export(Some.Catalogue(Some.Event("a", "1919", status))));
        Assert.Equal(expected, json.RootElement.GetProperty("events")[0].GetProperty("status").GetString());
    }

    [Fact]
    public void WriteJson_AStream_StaysOpenAndHasNoByteOrderMark()
    {
        using MemoryStream stream = new();
        CatalogueExport.WriteJson(Some.Catalogue(Array.Empty<Quote>()), stream);
        stream.WriteByte((byte)'x');
        Assert.Equal("{"u8.ToArray(), stream.ToArray()[..1]);
        Assert.EndsWith("}\nx", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    private static string Export(QuoteCatalogue catalogue)
    {
        using MemoryStream stream = new();
        CatalogueExport.WriteJson(catalogue, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
