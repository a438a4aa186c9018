namespace Serge.Bot.Simulator.Discord.Model;

/// <summary>A channel's permission overwrite for a role or a member.</summary>
internal sealed record PermissionOverwrite(Snowflake Id, bool IsForMember, Permissions Allowed, Permissions Denied)
{
    private const int RoleType = 0;
    private const int MemberType = 1;

    public Permissions ApplyTo(Permissions permissions) => (permissions & ~Denied) | Allowed;

    public JsonObject ToJson() =>
        new()
        {
            ["id"] = Id.ToString(),
            ["type"] = IsForMember ? MemberType : RoleType,
            ["allow"] = Allowed.ToBits(),
            ["deny"] = Denied.ToBits(),
        };
}
