namespace Serge.Bot.Rendering;

// What a command is called and what is said about it where members choose one. The names are paths, such as "/quote topic".
internal sealed partial class Words
{
    /// <summary>What a command, subcommand or option is called.</summary>
    /// <param name="path">The English names from the command on, separated by spaces: <c>quote</c>, <c>quote topic</c>, <c>schedule set channel</c>.</param>
    /// <exception cref="KeyNotFoundException">Nothing of that name is in the resource file.</exception>
    public string CommandName(string path) => Phrase($"/{path} (name)");

    /// <summary>What a command, subcommand or option is for; at most 100 characters.</summary>
    /// <inheritdoc cref="CommandName"/>
    public string CommandDescription(string path) => Phrase($"/{path}");
}
