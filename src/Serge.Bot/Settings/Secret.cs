namespace Serge.Bot.Settings;

/// <summary>A token. Prints as dots, so that a record or a log message that contains it reveals nothing.</summary>
internal sealed class Secret(string value)
{
    /// <summary>The token itself, for sending it.</summary>
    public string Reveal() => value;

    public override string ToString() => "•••";
}
