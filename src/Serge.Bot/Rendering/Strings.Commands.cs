namespace Serge.Bot.Rendering;

// Names and descriptions of commands, texts that several commands share, and /about.
internal sealed partial class Strings
{
    /// <summary>Source: Discord docs, Interactions/Application Commands, Application Command Structure.</summary>
    private const int MaxDescriptionLength = 100;

    /// <summary>The name of a command, subcommand or option.</summary>
    /// <param name="path">The English names of command, subcommand and option, separated by spaces: <c>quote
    /// topic</c>.</param>
    /// <exception cref="KeyNotFoundException">It is not in the resource file.</exception>
    public string CommandName(string path)
    {
        return Get($"/{path} (name)");
    }

    /// <summary>The description, at most 100 characters.</summary>
    /// <inheritdoc cref="CommandName"/>
    public string CommandDescription(string path)
    {
        return Get($"/{path}");
    }

    /// <summary>A description that names the author; a name that is too long is replaced by "the author".</summary>
    /// <inheritdoc cref="CommandName"/>
    public string CommandDescription(string path, Author author)
    {
        var description = Format([author.Name], $"/{path}");
        if (description.Length > MaxDescriptionLength)
        {
            return Format([Get("TheAuthor")], $"/{path}");
        }

        return description;
    }

    // Problems.
    public string UnknownCommand => Get();

    public string UnknownButton => Get();

    public string InternalError => Get();

    public string TookTooLong => Get();

    public string DidYouMean(string id)
    {
        return Format([id]);
    }

    public string PickFromTheList => Get();

    // /about.
    public string AboutWhat(string author, string quotations, string events)
    {
        return Format([author, quotations, events]);
    }

    /// <summary>What the author was, and when: "the writer and revolutionary Victor Serge (1890–1947)".</summary>
    public string AuthorIs(Author author)
    {
        var about = this == French ? author.AboutInFrench : author.About;
        var text = Format([about, author.Name]);
        var years = this == French ? author.YearsInFrench : author.Years;
        if (years.Length == 0)
        {
            return text;
        }

        return $"{text} ({years})";
    }

    public string Quotations(int count)
    {
        return Count(count);
    }

    public string Events(int count)
    {
        return Count(count);
    }

    public string AboutMessageCommand(string name)
    {
        return Format([name]);
    }

    public string AboutSetup => Get();

    public string AboutNobody => Get();

    public string AboutOperator(string name)
    {
        return Format([name]);
    }

    public string AboutContact(string contact)
    {
        return Format([contact]);
    }

    public string AboutPrivacy => Get();

    public string AboutPrivacyPolicy(string link)
    {
        return Format([link]);
    }

    public string AboutSourceCode(string link)
    {
        return Format([link]);
    }

    public string AboutInvite(string link)
    {
        return Format([link]);
    }

    public string AboutUserInstall(string link)
    {
        return Format([link]);
    }
}
