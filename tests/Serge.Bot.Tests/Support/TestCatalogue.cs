namespace Serge.Bot.Tests.Support;

/// <summary>A small catalogue in a temporary folder, read as the bot reads it.</summary>
internal sealed class TestCatalogue : IDisposable
{
    public const string Quotes = """
        - id: end-commands-means
          text: "[T]he end, far from justifying the means, commands its own means."
          work: memoirs
          via: cunningham
          topics: [means-and-ends, revolution]
        - id: within-us
          text: "Totalitarianism is within us."
          via: cunningham
          topics: [power]
        - id: leave-a-party
          text: "One can leave a Party!"
          via: cunningham
          topics: [party, means-and-ends]
          context: Said to fellow Bolsheviks.

        """;

    private const string Events = """
        - id: testament
          date: 1933-02-01
          text: In Moscow Serge dated the letter that called the Soviet Union totalitarian.
          kind: life
          mentionedBy: [cunningham]
          sources: [cunningham]
          status: sure
        - id: birth
          date: 1890-12-30
          text: Victor Serge was born in Brussels to Russian exiles.
          kind: life
          mentionedBy: [cunningham]
          sources: [cunningham]
          status: sure
        - id: leap
          date: 1912-02-29
          text: Something happened on a leap day.
          kind: context
          mentionedBy: [cunningham]
          sources: [cunningham]
          status: sure

        """;

    private const string Sources = """
        - id: memoirs
          kind: work
          title: Memoirs of a Revolutionary
          author: Victor Serge
        - id: cunningham
          kind: essay
          title: "The End Commands the Means: Victor Serge’s Memoirs of a Revolutionary"
          label: Cunningham, “The End Commands the Means”
          author: Guy Patrick Cunningham

        """;

    private const string Author = """
        name: Victor Serge
        lived: 1890-12-30/1947-11-17
        about: { en: writer and revolutionary, fr: écrivain et révolutionnaire }
        tag: VictorSerge

        """;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("serge-quotes-");

    public TestCatalogue()
    {
        Directory.CreateDirectory(Folder);
        Write("quotes.yaml", Quotes);
        Write("events.yaml", Events);
        Write("sources.yaml", Sources);
        Write("author.yaml", Author);
        File.WriteAllText(Path.Combine(Home, "appsettings.json"), "{}");
        Live = LiveCatalogue.Open(Folder);
    }

    public string Home => _home.FullName;

    public string Folder => Path.Combine(Home, "quotes");

    public LiveCatalogue Live { get; }

    public void Write(string file, string content) => File.WriteAllText(Path.Combine(Folder, file), content);

    public void Dispose() => _home.Delete(recursive: true);
}
