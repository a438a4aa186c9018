namespace Serge.Bot.Catalogue.Reading;

/// <summary>The works, essays and references of <c>sources.yaml</c>, by id.</summary>
/// <param name="file">The file.</param>
internal sealed class SourceList(QuoteFile file)
{
    /// <summary>Replaces a source that is missing or wrong.</summary>
    private static readonly Source Placeholder = new()
    {
        Id = "",
        Kind = SourceKind.Reference,
        Title = "",
        Location = default,
    };

    /// <summary>In UTF-16 characters: two sources and two events fit into a post of 500.</summary>
    internal const int MaxLabelLength = 60;

    private static readonly string[] Keys =
    [
        "id",
        "kind",
        "title",
        "label",
        "author",
        "published",
        "translator",
        "url",
    ];

    private readonly Dictionary<string, Source> _byId = [];
    private readonly HashSet<Source> _ofUnknownKind = [];

    public List<Source> Sources { get; } = [];

    /// <summary>Reads the entries into <see cref="Sources"/>.</summary>
    public void Read()
    {
        DuplicateCheck duplicates = new("source", file.Problems);
        foreach (var entry in file.ReadEntries(Keys))
        {
            var kind = entry.ReadKeyword<SourceKind>("kind");
            var source = ReadSource(entry, kind ?? default);
            duplicates.CheckId(entry, source.Id);
            CheckLabel(entry, source);
            Sources.Add(source);
            _byId.TryAdd(source.Id, source);
            if (kind is null)
            {
                _ofUnknownKind.Add(source);
            }
            else if (kind == SourceKind.Essay && source.Author is null)
            {
                file.Problems.AddError(
                    entry.Location,
                    "The essay has no author.",
                    "Add 'author: …' as the essay prints it; posts name the author, and verify searches for the name."
                );
            }
        }
    }

    /// <summary>Finds the source that an entry names, and checks its kind.</summary>
    /// <param name="key">The key that names it.</param>
    /// <param name="id">The id of the source.</param>
    /// <param name="problems">The problems of the entry's file.</param>
    /// <param name="kinds">The kinds that are allowed.</param>
    /// <returns>A placeholder when there is no such source. Nothing is reported when <c>sources.yaml</c> cannot be
    /// read.</returns>
    public Source Find(string key, LocatedText id, ProblemList problems, params ReadOnlySpan<SourceKind> kinds)
    {
        if (!file.IsList || id.Text.Length == 0)
        {
            return Placeholder;
        }

        if (!_byId.TryGetValue(id.Text, out var source))
        {
            var hint = problems.CreateHint(id.Location, id.Text, _byId.Keys);
            problems.AddError(
                id.Location,
                $"There is no source '{id.Text}'.",
                $"{hint}Correct it, or add an entry with this id to sources.yaml."
            );
            return Placeholder;
        }

        // An unknown kind has been reported with the source.
        if (!kinds.Contains(source.Kind) && !_ofUnknownKind.Contains(source))
        {
            var kind = Keyword.Get(source.Kind);
            var allowed = Keyword.Get(kinds[0]);
            problems.AddError(
                id.Location,
                $"The source '{id.Text}' has the kind {kind}, which is not allowed in '{key}'.",
                $"Use a source of kind {allowed}, or correct its kind in line {source.Location.Line} of sources.yaml."
            );
        }

        return source;
    }

    private Source ReadSource(EntryReader entry, SourceKind kind)
    {
        return new()
        {
            Id = entry.ReadId(),
            Kind = kind,
            Title = entry.ReadText("title", TextRule.Line(300)),
            Label = entry.ReadOptionalText("label", TextRule.Line(MaxLabelLength)),
            Author = entry.ReadOptionalText("author", TextRule.Line(200)),
            Published = entry.ReadOptionalDate("published"),
            Translator = entry.ReadOptionalText("translator", TextRule.Line(200)),
            Url = ReadUrl(entry),
            Location = entry.Location,
        };
    }

    private void CheckLabel(EntryReader entry, Source source)
    {
        var isNamedInPosts = source.Kind != SourceKind.Work;
        if (isNamedInPosts && source.ShortName.Length > MaxLabelLength)
        {
            file.Problems.AddWarning(
                entry.GetLocation("title"),
                $"The source is too long for posts: '{source.ShortName}' has {source.ShortName.Length} characters.",
                $"Add the line 'label: …' with a name of at most {MaxLabelLength} characters."
            );
        }
    }

    private Uri? ReadUrl(EntryReader entry)
    {
        var text = entry.ReadOptionalText("url", TextRule.Line(2000));
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var url);
        if (isAddress && url is { Scheme: "https" or "http", UserInfo: "" })
        {
            CheckUrl(entry, url);
            return url;
        }

        file.Problems.AddError(
            entry.GetLocation("url"),
            $"'{text}' is not the address of a web page.",
            "Write it in full, beginning with https://."
        );
        return null;
    }

    private void CheckUrl(EntryReader entry, Uri url)
    {
        if (ChangingPage.Describe(url) is { } kind)
        {
            file.Problems.AddWarning(
                entry.GetLocation("url"),
                $"The address looks like {kind}, whose content changes.",
                "Link to the page of the text itself, or use another source."
            );
        }
    }
}
