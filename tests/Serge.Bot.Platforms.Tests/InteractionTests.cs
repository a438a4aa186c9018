namespace Serge.Bot.Platforms.Tests;

public sealed class InteractionTests
{
    /// <summary>A record prints all it has: the kind of handle a client may well use.</summary>
    private sealed record Handle(string Token);

    public static TheoryData<Interaction> Interactions =>
        [
            new Interaction.Command
            {
                Id = new(1),
                Channel = new(2),
                Handle = new Handle("aW50ZXJhY3Rpb24"),
                Name = "quote",
            },
            new Interaction.Completion
            {
                Id = new(1),
                Channel = new(2),
                Handle = new Handle("aW50ZXJhY3Rpb24"),
                Name = "quote",
                Option = "topic",
                Typed = "rev",
            },
            new Interaction.ButtonPress
            {
                Id = new(1),
                Channel = new(2),
                Handle = new Handle("aW50ZXJhY3Rpb24"),
                CustomId = "another",
            },
        ];

    [Theory]
    [MemberData(nameof(Interactions))]
    public void ToString_OfAnyInteraction_NamesItWithoutTheHandle(Interaction interaction)
    {
        var text = interaction.ToString();

        Assert.DoesNotContain("aW50ZXJhY3Rpb24", text, StringComparison.Ordinal);
        Assert.Contains("Id = 1", text, StringComparison.Ordinal);
        Assert.Contains("Channel = 2", text, StringComparison.Ordinal);
    }
}
