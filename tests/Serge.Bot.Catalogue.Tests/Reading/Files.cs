namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>Three small valid files, into which tests insert one error at a time.</summary>
internal static class Files
{
    public const string Sources = """
        - id: memoirs
          kind: work
          title: Memoirs of a Revolutionary
          author: Victor Serge
        - id: harbour
          kind: essay
          title: The Harbour Lights
          author: Ann Author
        - id: almanac
          kind: reference
          title: An almanac
          url: https://example.org/almanac
        """;

    public const string Author = """
        name: Victor Serge
        lived: 1890-12-30/1947-11-17
        about: { en: writer, fr: écrivain }
        tag: VictorSerge
        otherNames: [Victor Kibalchich]
        pronoun: he
        """;

    public const string Quotes = """
        - id: open-sea
          text: "[T]he open sea has no signposts."
          via: harbour
          topics: [sea]
        """;

    public const string Events = """
        - id: lighthouse-lit
          date: 1901-05-04
          text: The lighthouse was lit.
          kind: context
          mentionedBy: [harbour]
          sources: [harbour]
          status: sure
        """;

    public static CatalogueReadResult Read(
        string quotes = Quotes,
        string events = Events,
        string sources = Sources,
        string author = Author
    ) => CatalogueReader.Parse(quotes, events, sources, author);

    /// <summary>A folder with the files, deleted at the end of the test.</summary>
    public sealed class Folder : IDisposable
    {
        public Folder(
            string? quotes = Quotes,
            string? events = Events,
            string? sources = Sources,
            string? author = Author
        )
        {
            Write("quotes.yaml", quotes);
            Write("events.yaml", events);
            Write("sources.yaml", sources);
            Write("author.yaml", author);
        }

        public string Path { get; } = Directory.CreateTempSubdirectory("serge-catalogue-").FullName;

        public string PathOf(string name) => System.IO.Path.Combine(Path, name);

        public void Dispose() => Directory.Delete(Path, recursive: true);

        private void Write(string name, string? text)
        {
            if (text is not null)
            {
                File.WriteAllText(PathOf(name), text);
            }
        }
    }
}
