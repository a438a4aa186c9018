using Serge.Bot.Simulator;
using Serge.Bot.Simulator.Discord;

namespace Serge.Bot.Playground.World;

/// <summary>What the member sees in the channel: its messages, and what is for this member alone. Keeps the newest 200.</summary>
/// <param name="calendar">What day and hour it is when something is said.</param>
internal sealed class Conversation(TimeProvider calendar)
{
    private const int Kept = 200;

    private readonly Lock _lock = new();
    private readonly List<Said> _said = [];
    private int _failures;

    /// <summary>All of it, oldest first.</summary>
    public IReadOnlyList<Said> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _said];
            }
        }
    }

    /// <summary>Finds a message by its id.</summary>
    public Message? Find(string id)
    {
        lock (_lock)
        {
            return _said.Find(said => said.Id == id)?.Message;
        }
    }

    /// <summary>Takes up what happened, if it is something said.</summary>
    public void Hear(SimulatorEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case SimulatorEvent.MessageCreated(var message):
                    Add(new Said(message.Id.ToString(), calendar.GetUtcNow(), message, null));
                    break;
                case SimulatorEvent.MessageEdited(var message):
                    var index = _said.FindIndex(said => said.Id == message.Id.ToString());
                    if (index >= 0)
                    {
                        _said[index] = _said[index] with { Message = message };
                    }

                    break;
                case SimulatorEvent.MessageDeleted(var message):
                    _said.RemoveAll(said => said.Id == message.Id.ToString());
                    break;
            }
        }
    }

    /// <summary>A command got no answer, and the member is told so.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="words">What the member is told.</param>
    public void Fail(string command, string words)
    {
        lock (_lock)
        {
            Add(new Said($"failure-{++_failures}", calendar.GetUtcNow(), null, new Failure(command, words)));
        }
    }

    private void Add(Said said)
    {
        _said.Add(said);
        if (_said.Count > Kept)
        {
            _said.RemoveAt(0);
        }
    }
}

/// <summary>One thing said: a message, or that there was none.</summary>
/// <param name="Id">The message's id, or one of our own.</param>
/// <param name="At">On the calendar, for that is the day it was said on as far as the page is concerned.</param>
/// <param name="Message">The message.</param>
/// <param name="Failure">What stands in its place.</param>
internal sealed record Said(string Id, DateTimeOffset At, Message? Message, Failure? Failure);

/// <summary>A command without an answer.</summary>
/// <param name="Command">Its name.</param>
/// <param name="Words">What Discord says then.</param>
internal sealed record Failure(string Command, string Words);
