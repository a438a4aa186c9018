namespace Serge.Bot.Posting.Model;

/// <summary>Identifies a schedule: names are unique per owner.</summary>
/// <param name="Owner">Whose schedule it is, opaque to the engine; <see cref="Operator"/> for
/// the settings' own.</param>
/// <param name="Name">The name, as the owner gave it.</param>
public readonly record struct ScheduleId(string Owner, string Name)
{
    /// <summary>Owner of the schedules in the settings, of manual posts and of alerts.</summary>
    public const string Operator = "";

    /// <summary>A schedule of the settings.</summary>
    public static ScheduleId OfOperator(string name) => new(Operator, name);

    /// <summary>The name alone for the operator's schedules, else <c>owner:name</c>; for logs and the
    /// choice of quotations.</summary>
    public override string ToString()
    {
        if (Owner.Length == 0)
        {
            return Name;
        }

        return $"{Owner}:{Name}";
    }
}
