using Serge.Bot.Simulator.Discord;
using Serge.Bot.Simulator.Discord.Model;

namespace Serge.Bot.Playground.World;

/// <summary>The channel as the member sees it, ephemeral messages included. Keeps the newest 200 entries.</summary>
/// <param name="scheduleClock">The clock of the entries.</param>
internal sealed class Conversation(TimeProvider scheduleClock)
{
    private const int MaxEntries = 200;

    private readonly Lock _lock = new();
    private readonly List<ConversationEntry> _entries = [];
    private int _failures;

    /// <summary>All entries, oldest first.</summary>
    public IReadOnlyList<ConversationEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    public ChannelMessage? FindMessage(string id)
    {
        lock (_lock)
        {
            var entry = _entries.Find(entry => entry.Id == id);
            return entry?.Message;
        }
    }

    /// <summary>Updates the entries if the event concerns a message.</summary>
    public void Handle(SimulatorEvent simulatorEvent)
    {
        lock (_lock)
        {
            switch (simulatorEvent)
            {
                case DiscordWorldEvent.MessageCreated(var message):
                    Add(new ConversationEntry(message.Id.ToString(), scheduleClock.GetUtcNow(), message, null));
                    break;
                case DiscordWorldEvent.MessageEdited(var message):
                    Replace(message);
                    break;
                case DiscordWorldEvent.MessageDeleted(var message):
                    _entries.RemoveAll(entry => entry.Id == message.Id.ToString());
                    break;
            }
        }
    }

    /// <summary>Adds an entry for a command without a response.</summary>
    /// <param name="command">The command's name.</param>
    /// <param name="error">The text that the member sees.</param>
    public void AddFailure(string command, string error)
    {
        lock (_lock)
        {
            _failures++;
            FailedCommand failure = new(command, error);
            Add(new ConversationEntry($"failure-{_failures}", scheduleClock.GetUtcNow(), null, failure));
        }
    }

    private void Add(ConversationEntry entry)
    {
        _entries.Add(entry);
        if (_entries.Count > MaxEntries)
        {
            _entries.RemoveAt(0);
        }
    }

    private void Replace(ChannelMessage message)
    {
        var index = _entries.FindIndex(entry => entry.Id == message.Id.ToString());
        if (index >= 0)
        {
            _entries[index] = _entries[index] with { Message = message };
        }
    }
}

/// <summary>A message, or a command without a response.</summary>
/// <param name="Id">The message's id, or an id of the playground.</param>
/// <param name="At">The time on the schedule clock.</param>
/// <param name="Message">The message.</param>
/// <param name="Failure">The failed command, if there is no message.</param>
internal sealed record ConversationEntry(string Id, DateTimeOffset At, ChannelMessage? Message, FailedCommand? Failure);

/// <summary>A command without a response.</summary>
/// <param name="Command">The command's name.</param>
/// <param name="Error">The text that Discord shows.</param>
internal sealed record FailedCommand(string Command, string Error);
