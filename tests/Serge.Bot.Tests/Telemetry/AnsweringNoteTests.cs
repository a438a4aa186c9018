namespace Serge.Bot.Tests.Telemetry;

/// <summary>How an interaction is measured and traced, and that nothing a member typed is part of it.</summary>
public sealed class AnsweringNoteTests : IDisposable
{
    private readonly Recorded _recorded = new();
    private readonly FakeTimeProvider _system = new();

    public void Dispose() => _recorded.Dispose();

    /// <summary>Each row: the result, whether the command failed, the recorded result, and the status of the span.</summary>
    [Theory]
    [InlineData(AnsweringNote.Answered, false, "answered", "Unset")]
    [InlineData(AnsweringNote.Answered, true, "failed", "Error")]
    [InlineData(AnsweringNote.Elsewhere, false, "elsewhere", "Unset")]
    [InlineData(AnsweringNote.Elsewhere, true, "elsewhere", "Unset")]
    [InlineData(AnsweringNote.Unanswered, false, "unanswered", "Error")]
    [InlineData(AnsweringNote.Unanswered, true, "unanswered", "Error")]
    public void Ends_RecordsTheDurationAndTheResult(string result, bool fails, string recorded, string status)
    {
        using (AnsweringNote note = new(Command("words"), "quote", _system))
        {
            _system.Advance(TimeSpan.FromMilliseconds(1500));
            if (fails)
            {
                note.Fails();
            }

            note.Ends(result);
        }

        var tags = $"serge.command=quote, serge.interaction.kind=command, serge.interaction.result={recorded}";
        Assert.Equal([$"serge.interaction.duration 1.5 s: {tags}"], _recorded.Measurements);
        Assert.Equal([$"answer Server {status}: {tags}"], _recorded.Spans);
    }

    [Fact]
    public void Ends_OfEachKindOfInteraction_RecordsTheKindAndAnUnknownCommand()
    {
        Interaction[] interactions =
        [
            Command("x"),
            new Interaction.Autocomplete
            {
                Id = new InteractionId(1),
                Handle = new object(),
                Name = "quote",
                Option = "topic",
                Input = "private words",
            },
            new Interaction.ButtonPress
            {
                Id = new InteractionId(1),
                Handle = new object(),
                CustomId = "quote:next",
            },
        ];
        foreach (var interaction in interactions)
        {
            using AnsweringNote note = new(interaction, command: null, _system);
            note.Ends(AnsweringNote.Answered);
        }

        Assert.Equal(
            ((string[])["command", "completion", "button"]).Select(kind =>
                $"serge.interaction.duration 0 s: serge.command=unknown, serge.interaction.kind={kind}, serge.interaction.result=answered"
            ),
            _recorded.Measurements
        );
    }

    private static Interaction.Command Command(string typed) =>
        new()
        {
            Id = new InteractionId(1),
            Name = "quote",
            Handle = new object(),
            Options = new Dictionary<string, string> { ["search"] = typed },
        };
}
