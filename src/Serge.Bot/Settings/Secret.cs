namespace Serge.Bot.Settings;

/// <summary>A token. Prints as dots, so that it can sit in a record or a log call without harm.</summary>
internal sealed class Secret(string value)
{
    /// <summary>The token itself, for the one place that sends it.</summary>
    public string Reveal() => value;

    public override string ToString() => "•••";
}
