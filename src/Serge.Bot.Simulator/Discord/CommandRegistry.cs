namespace Serge.Bot.Simulator.Discord;

/// <summary>The commands of one application, global and by guild. Used under the world's lock.</summary>
internal sealed class CommandRegistry
{
    private readonly List<RegisteredCommand> _commands = [];
    private readonly Dictionary<Snowflake, (DateTimeOffset Day, int Count)> _creates = [];

    public IReadOnlyList<RegisteredCommand> Of(Snowflake? guild) =>
        [.. _commands.Where(command => command.Guild == guild)];

    public RegisteredCommand? Find(Snowflake? guild, Snowflake id) =>
        _commands.Find(command => command.Guild == guild && command.Id == id);

    public RegisteredCommand? Find(Snowflake? guild, int type, string name) =>
        _commands.Find(command => command.Guild == guild && command.Type == type && command.Name == name);

    /// <summary>What a member of the guild is offered: its own commands first, then the global ones.</summary>
    public RegisteredCommand? Offered(Snowflake? guild, string name, string locale)
    {
        var slash = _commands.Where(command => command.Type == 1 && command.IsCalled(name, locale)).ToList();
        return slash.Find(command => command.Guild is { } own && own == guild)
            ?? slash.Find(command => command.Guild is null);
    }

    public void Put(RegisteredCommand command)
    {
        _commands.RemoveAll(old => old.Guild == command.Guild && (old.Id == command.Id || Same(old, command)));
        _commands.Add(command);
    }

    public void Remove(RegisteredCommand command) => _commands.Remove(command);

    public void Clear(Snowflake? guild) => _commands.RemoveAll(command => command.Guild == guild);

    /// <summary>Counts new names against the day's allowance.</summary>
    /// <returns>Whether they fit.</returns>
    public bool TryCount(Snowflake? guild, int creates, int allowance, DateTimeOffset now)
    {
        var key = guild ?? default;
        var (day, count) = _creates.GetValueOrDefault(key);
        if (now - day >= TimeSpan.FromDays(1))
        {
            (day, count) = (now, 0);
        }

        if (count + creates > allowance)
        {
            return false;
        }

        _creates[key] = (day, count + creates);
        return true;
    }

    private static bool Same(RegisteredCommand one, RegisteredCommand other) =>
        one.Type == other.Type && one.Name == other.Name;
}
