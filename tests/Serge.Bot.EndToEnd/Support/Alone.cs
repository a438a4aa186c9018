namespace Serge.Bot.EndToEnd.Support;

/// <summary>Tests that load the machine or measure its pace: they run after the others, one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
