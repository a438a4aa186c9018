namespace Serge.Bot.Platforms.Tests;

public sealed class InteractionTests
{
    /// <summary>A record prints all its members: a client may use such a type as a handle.</summary>
    private sealed record Handle(string Token);

    public static TheoryData<Interaction> Interactions =>
        [
            new Interaction.Command
            {
                Id = new(1),
                Channel = new(2),
                Guild = new(3),
                Handle = new Handle("aW50ZXJhY3Rpb24"),
                Name = "quote",
            },
            new Interaction.Autocomplete
            {
                Id = new(1),
                Channel = new(2),
                Guild = new(3),
                Handle = new Handle("aW50ZXJhY3Rpb24"),
                Name = "quote",
                Option = "topic",
                Input = "rev",
            },
            new Interaction.ButtonPress
            {
                Id = new(1),
                Channel = new(2),
                Guild = new(3),
                Handle = new Handle("aW50ZXJhY3Rpb24"),
                CustomId = "another",
            },
        ];

    [Fact]
    public void New_WithRequiredPartsOnly_IsADirectMessageInEnglishWithoutOptions()
    {
        Interaction.Command command = new()
        {
            Id = new(1),
            Handle = "handle",
            Name = "quote",
        };

        Assert.Null(command.Guild);
        Assert.Null(command.Channel);
        Assert.Equal("en-US", command.Locale);
        Assert.Equal(0UL, (ulong)command.MemberPermissions);
        Assert.Equal(0UL, (ulong)command.AppPermissions);
        Assert.Empty(command.Options);
    }

    [Theory]
    [MemberData(nameof(Interactions))]
    public void ToString_OfAnyInteraction_NamesItWithoutTheHandle(Interaction interaction)
    {
        var text = interaction.ToString();

        Assert.DoesNotContain("aW50ZXJhY3Rpb24", text, StringComparison.Ordinal);
        Assert.StartsWith(
            $"{interaction.GetType().Name} {{ Id = 1, Guild = 3, Channel = 2, ",
            text,
            StringComparison.Ordinal
        );
    }
}
