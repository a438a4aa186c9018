namespace Serge.Bot.Rendering;

// What a command is called and what is said about it where members choose one; what any command may have to say; and the bot about itself.
internal sealed partial class Strings
{
    /// <summary>What a command, subcommand or option is called.</summary>
    /// <param name="path">The English names from the command on, separated by spaces: <c>quote</c>, <c>quote topic</c>, <c>schedule set channel</c>.</param>
    /// <exception cref="KeyNotFoundException">Nothing of that name is in the resource file.</exception>
    public string CommandName(string path) => Get($"/{path} (name)");

    /// <summary>What a command, subcommand or option is for; at most 100 characters.</summary>
    /// <inheritdoc cref="CommandName"/>
    public string CommandDescription(string path) => Get($"/{path}");

    // When something is amiss.
    public string UnknownCommand => Get(nameof(UnknownCommand));

    public string UnknownButton => Get(nameof(UnknownButton));

    public string InternalError => Get(nameof(InternalError));

    public string TookTooLong => Get(nameof(TookTooLong));

    public string DidYouMean(string id) => Format(nameof(DidYouMean), id);

    public string PickFromTheList => Get(nameof(PickFromTheList));

    // About the bot.
    public string AboutWhat(string quotations, string events) => Format(nameof(AboutWhat), quotations, events);

    public string Quotations(int count) => Count(nameof(Quotations), count);

    public string Events(int count) => Count(nameof(Events), count);

    public string AboutTry => Get(nameof(AboutTry));

    public string AboutNobody => Get(nameof(AboutNobody));

    public string AboutOperator(string name) => Format(nameof(AboutOperator), name);

    public string AboutContact(string contact) => Format(nameof(AboutContact), contact);

    public string AboutPrivacy => Get(nameof(AboutPrivacy));

    public string AboutPrivacyPolicy(string link) => Format(nameof(AboutPrivacyPolicy), link);

    public string AboutSourceCode(string link) => Format(nameof(AboutSourceCode), link);

    public string AboutInvite(string link) => Format(nameof(AboutInvite), link);

    public string AboutUserInstall(string link) => Format(nameof(AboutUserInstall), link);
}
