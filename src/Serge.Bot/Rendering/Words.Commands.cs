namespace Serge.Bot.Rendering;

// What a command is called and what is said about it where members choose one; what any command may have to say; and the bot about itself.
internal sealed partial class Words
{
    /// <summary>What a command, subcommand or option is called.</summary>
    /// <param name="path">The English names from the command on, separated by spaces: <c>quote</c>, <c>quote topic</c>, <c>schedule set channel</c>.</param>
    /// <exception cref="KeyNotFoundException">Nothing of that name is in the resource file.</exception>
    public string CommandName(string path) => Phrase($"/{path} (name)");

    /// <summary>What a command, subcommand or option is for; at most 100 characters.</summary>
    /// <inheritdoc cref="CommandName"/>
    public string CommandDescription(string path) => Phrase($"/{path}");

    // When something is amiss.
    public string CommandIsGone => Phrase(nameof(CommandIsGone));

    public string ButtonIsGone => Phrase(nameof(ButtonIsGone));

    public string OurMistake => Phrase(nameof(OurMistake));

    public string TookTooLong => Phrase(nameof(TookTooLong));

    public string DidYouMean(string id) => Format(nameof(DidYouMean), id);

    public string PickFromTheList => Phrase(nameof(PickFromTheList));

    // About the bot.
    public string AboutWhat(string quotations, string events) => Format(nameof(AboutWhat), quotations, events);

    public string Quotations(int count) => Count(nameof(Quotations), count);

    public string Events(int count) => Count(nameof(Events), count);

    public string AboutTry => Phrase(nameof(AboutTry));

    public string AboutNobody => Phrase(nameof(AboutNobody));

    public string AboutOperator(string name) => Format(nameof(AboutOperator), name);

    public string AboutContact(string contact) => Format(nameof(AboutContact), contact);

    public string AboutPrivacy => Phrase(nameof(AboutPrivacy));

    public string AboutPrivacyPolicy(string link) => Format(nameof(AboutPrivacyPolicy), link);

    public string AboutSourceCode(string link) => Format(nameof(AboutSourceCode), link);

    public string AboutInvite(string link) => Format(nameof(AboutInvite), link);

    public string AboutTakeAlong(string link) => Format(nameof(AboutTakeAlong), link);
}
