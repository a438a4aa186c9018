namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>The commands of one application, global and per guild. Use it under the world's lock.</summary>
internal sealed class CommandStore
{
    private readonly List<RegisteredCommand> _commands = [];
    private readonly Dictionary<Snowflake, DailyCount> _created = [];

    /// <summary>Returns a guild's own commands, or the global ones for <see langword="null"/>.</summary>
    public IReadOnlyList<RegisteredCommand> GetAll(Snowflake? guild) =>
        [.. _commands.Where(command => command.Guild == guild)];

    public RegisteredCommand? Find(Snowflake? guild, Snowflake id) =>
        _commands.Find(command => command.Guild == guild && command.Id == id);

    public RegisteredCommand? Find(Snowflake? guild, int type, string name) =>
        _commands.Find(command => command.Guild == guild && command.Type == type && command.Name == name);

    /// <summary>Finds the command that members of a guild see: the guild's own, or else the global one.</summary>
    public RegisteredCommand? FindVisible(Snowflake? guild, int type, string name, string locale)
    {
        bool Matches(RegisteredCommand command) => command.Type == type && command.HasName(name, locale);

        return GetAll(guild).FirstOrDefault(Matches) ?? GetAll(null).FirstOrDefault(Matches);
    }

    /// <summary>Adds a command in place of the one with its id or name.</summary>
    public void Put(RegisteredCommand command)
    {
        bool IsReplaced(RegisteredCommand old) =>
            old.Guild == command.Guild
            && (old.Id == command.Id || (old.Type == command.Type && old.Name == command.Name));

        _commands.RemoveAll(IsReplaced);
        _commands.Add(command);
    }

    public void Remove(RegisteredCommand command) => _commands.Remove(command);

    public void Clear(Snowflake? guild) => _commands.RemoveAll(command => command.Guild == guild);

    /// <summary>Counts created commands against the daily limit.</summary>
    /// <returns>Whether they are within the limit.</returns>
    public bool TryCountCreated(Snowflake? guild, int created, int limit, DateTimeOffset now)
    {
        var key = guild ?? default;
        var count = _created.GetValueOrDefault(key);
        if (now - count.Since >= TimeSpan.FromDays(1))
        {
            count = new DailyCount(now, 0);
        }

        if (count.Created + created > limit)
        {
            return false;
        }

        _created[key] = count with { Created = count.Created + created };
        return true;
    }

    private readonly record struct DailyCount(DateTimeOffset Since, int Created);
}
