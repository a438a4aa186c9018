namespace Serge.Bot.Tests.Telemetry;

/// <summary>How an interaction is measured and traced; the data contains no input of a member.</summary>
public sealed class InteractionMeasurementTests : IDisposable
{
    private readonly Recorded _recorded = new();
    private readonly FakeTimeProvider _system = new();

    public void Dispose() => _recorded.Dispose();

    /// <summary>Each row: the result, whether the command failed, the recorded result, and the status of the
    /// span.</summary>
    [Theory]
    [InlineData(InteractionMeasurement.Answered, false, "answered", "Unset")]
    [InlineData(InteractionMeasurement.Answered, true, "failed", "Error")]
    [InlineData(InteractionMeasurement.Elsewhere, false, "elsewhere", "Unset")]
    [InlineData(InteractionMeasurement.Elsewhere, true, "elsewhere", "Unset")]
    [InlineData(InteractionMeasurement.Unanswered, false, "unanswered", "Error")]
    [InlineData(InteractionMeasurement.Unanswered, true, "unanswered", "Error")]
    public void Ends_RecordsTheDurationAndTheResult(string result, bool fails, string recorded, string status)
    {
        using (InteractionMeasurement measurement = new(Command("words"), "quote", _system))
        {
            _system.Advance(TimeSpan.FromMilliseconds(1500));
            if (fails)
            {
                measurement.MarkFailed();
            }

            measurement.Complete(result);
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
            using InteractionMeasurement measurement = new(interaction, command: null, _system);
            measurement.Complete(InteractionMeasurement.Answered);
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
