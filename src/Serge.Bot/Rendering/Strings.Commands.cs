namespace Serge.Bot.Rendering;

// Names and descriptions of commands, texts that several commands share, and /about.
internal sealed partial class Strings
{
    /// <summary>The name of a command, subcommand or option.</summary>
    /// <param name="path">The English names of command, subcommand and option, separated by spaces: <c>quote
    /// topic</c>.</param>
    /// <exception cref="KeyNotFoundException">It is not in the resource file.</exception>
    public string CommandName(string path) => Get($"/{path} (name)");

    /// <summary>The description, at most 100 characters.</summary>
    /// <inheritdoc cref="CommandName"/>
    public string CommandDescription(string path) => Get($"/{path}");

    // Problems.
    public string UnknownCommand => Get();

    public string UnknownButton => Get();

    public string InternalError => Get();

    public string TookTooLong => Get();

    public string DidYouMean(string id) => Format([id]);

    public string PickFromTheList => Get();

    // /about.
    public string AboutWhat(string quotations, string events) => Format([quotations, events]);

    public string Quotations(int count) => Count(count);

    public string Events(int count) => Count(count);

    public string AboutSetup => Get();

    public string AboutNobody => Get();

    public string AboutOperator(string name) => Format([name]);

    public string AboutContact(string contact) => Format([contact]);

    public string AboutPrivacy => Get();

    public string AboutPrivacyPolicy(string link) => Format([link]);

    public string AboutSourceCode(string link) => Format([link]);

    public string AboutInvite(string link) => Format([link]);

    public string AboutUserInstall(string link) => Format([link]);
}
