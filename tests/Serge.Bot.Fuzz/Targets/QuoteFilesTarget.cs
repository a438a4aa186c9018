using Serge.Bot.Catalogue.Reading;

namespace Serge.Bot.Fuzz.Targets;

/// <summary>The quote files.</summary>
internal sealed class QuoteFilesTarget : IFuzzTarget
{
    private readonly string _quotes = Read("quotes.yaml");
    private readonly string _events = Read("events.yaml");
    private readonly string _sources = Read("sources.yaml");
    private readonly string _author = Read("author.yaml");

    public string Name => "quotes";

    /// <summary>The first parts of the files, so that more inputs are tested in the same time.</summary>
    public IReadOnlyList<string> Seeds => [_quotes, _events, _sources, _author];

    public IReadOnlyList<string> Tokens { get; } =
    [
        "- id: ",
        "  text: ",
        "  via: ",
        "  topics: [",
        "  date: ",
        "  status: sure\n",
        ">-",
        "|",
        "&a",
        "*a",
        "!!x",
        "---",
        "<<: ",
        "1933-02-30",
        "-1",
    ];

    public Task RunAsync(byte[] input, CancellationToken cancellationToken)
    {
        var text = Input.ToText(input);
        switch (input.Length % 4)
        {
            case 0:
                CatalogueReader.Parse(text, _events, _sources, _author);
                break;
            case 1:
                CatalogueReader.Parse(_quotes, text, _sources, _author);
                break;
            case 2:
                CatalogueReader.Parse(_quotes, _events, text, _author);
                break;
            default:
                CatalogueReader.Parse(_quotes, _events, _sources, text);
                break;
        }

        return Task.CompletedTask;
    }

    private static string Read(string name)
    {
        var lines = File.ReadLines(Path.Combine(Workspace.Repository, "quotes", name));
        return string.Join('\n', lines.Take(60));
    }
}
