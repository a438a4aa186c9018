using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>An application's commands, global and by guild.</summary>
/// <remarks>Source: Discord docs, Interactions/Application Commands, Endpoints.</remarks>
internal static class CommandRoutes
{
    private const string Global = "/applications/{application}/commands";
    private const string InGuild = "/applications/{application}/guilds/{guild}/commands";
    private const string One = "/{command}";

    // 100 slash commands and 15 of each menu. Source: Discord docs, Application Commands, Registering a Command.
    private const int MostSlashCommands = 100;
    private const int MostMenus = 15;

    public static IEnumerable<DiscordRoute> All { get; } = [.. Routes(Global), .. Routes(InGuild)];

    private static IEnumerable<DiscordRoute> Routes(string path) =>
        [
            Route("GET", path, List),
            Route("PUT", path, Overwrite),
            Route("POST", path, Create),
            Route("GET", path + One, Get),
            Route("PATCH", path + One, Change),
            Route("DELETE", path + One, Delete),
        ];

    private static DiscordRoute Route(string method, string pattern, Func<RestRequest, Place, Answer> handle) =>
        new(
            method,
            pattern,
            request => TryPlace(request, out var place, out var refusal) ? handle(request, place) : refusal
        )
        {
            Resource = pattern.Contains("{guild}", StringComparison.Ordinal)
                ? ["application", "guild"]
                : ["application"],
        };

    private static Answer List(RestRequest request, Place place) =>
        Answer.Ok(
            Json.ArrayOf(
                place.Commands.Of(place.Guild).Select(command => command.ToJson(request.Query("with_localizations")))
            )
        );

    private static Answer Overwrite(RestRequest request, Place place)
    {
        if (request.Body.ValueKind != JsonValueKind.Array)
        {
            return DiscordError.InvalidForm("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        }

        FormErrors errors = new();
        List<RegisteredCommand> commands = [];
        HashSet<(int, string)> names = [];
        var index = 0;
        foreach (var item in request.Body.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                errors.Add($"{index}", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
            }
            else
            {
                var command = CommandForm.Read(new Form(item, $"{index}", errors), place.Blank(request.World));
                if (!names.Add((command.Type, command.Name)))
                {
                    errors.Add(
                        $"{index}.name",
                        "APPLICATION_COMMANDS_DUPLICATE_NAME",
                        "Application command names must be unique"
                    );
                }

                commands.Add(command);
            }

            index++;
        }

        return errors.Any
            ? DiscordError.InvalidForm(errors)
            : Register(request, place, commands, replace: true)
                ?? Answer.Ok(
                    Json.ArrayOf(place.Commands.Of(place.Guild).Select(command => command.ToJson(localizations: true)))
                );
    }

    private static Answer Create(RestRequest request, Place place)
    {
        FormErrors errors = new();
        if (!request.TryForm(errors, out var form, out var refusal))
        {
            return refusal;
        }

        var command = CommandForm.Read(form, place.Blank(request.World));
        if (errors.Any)
        {
            return DiscordError.InvalidForm(errors);
        }

        var status = place.Commands.Find(place.Guild, command.Type, command.Name) is null ? 201 : 200;
        refusal = Register(request, place, [command], replace: false);
        return refusal
            ?? new Answer(
                status,
                place.Commands.Find(place.Guild, command.Type, command.Name)!.ToJson(localizations: true)
            );
    }

    private static Answer Get(RestRequest request, Place place) =>
        TryCommand(request, place, out var command, out var refusal)
            ? Answer.Ok(command.ToJson(localizations: true))
            : refusal;

    private static Answer Change(RestRequest request, Place place)
    {
        FormErrors errors = new();
        if (
            !TryCommand(request, place, out var command, out var refusal)
            || !request.TryForm(errors, out var form, out refusal)
        )
        {
            return refusal;
        }

        var changed = CommandForm.Change(form, command) with { Version = request.World.Ids.Next() };
        if (changed.Name != command.Name && place.Commands.Find(place.Guild, changed.Type, changed.Name) is not null)
        {
            form.Refuse("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
        }

        if (errors.Any)
        {
            return DiscordError.InvalidForm(errors);
        }

        place.Commands.Put(changed);
        Announce(request, place);
        return Answer.Ok(changed.ToJson(localizations: true));
    }

    private static Answer Delete(RestRequest request, Place place)
    {
        if (!TryCommand(request, place, out var command, out var refusal))
        {
            return refusal;
        }

        place.Commands.Remove(command);
        Announce(request, place);
        return Answer.NoContent;
    }

    /// <summary>Writes commands; those of a known name keep their id.</summary>
    /// <returns>The refusal, if they are too many.</returns>
    private static Answer? Register(
        RestRequest request,
        Place place,
        IReadOnlyList<RegisteredCommand> commands,
        bool replace
    )
    {
        var kept = commands
            .Select(command =>
                place.Commands.Find(place.Guild, command.Type, command.Name) is { } old
                    ? command with
                    {
                        Id = old.Id,
                        Version = Same(old, command) ? old.Version : command.Version,
                    }
                    : command
            )
            .ToList();
        var after = replace
            ? kept
            : [.. place.Commands.Of(place.Guild).Where(old => kept.All(one => one.Id != old.Id)), .. kept];
        if (
            after.Count(command => command.Type == 1) > MostSlashCommands
            || after.Count(command => command.Type == 2) > MostMenus
            || after.Count(command => command.Type == 3) > MostMenus
        )
        {
            return DiscordError.TooManyCommands;
        }

        var creates = kept.Count(command => place.Commands.Find(place.Guild, command.Id) is null);
        if (
            !place.Commands.TryCount(
                place.Guild,
                creates,
                request.World.Options.CommandCreatesPerDay,
                request.World.Clock.GetUtcNow()
            )
        )
        {
            return DiscordError.TooManyCreates;
        }

        if (replace)
        {
            place.Commands.Clear(place.Guild);
        }

        foreach (var command in kept)
        {
            place.Commands.Put(command);
        }

        Announce(request, place);
        return null;
    }

    private static bool Same(RegisteredCommand old, RegisteredCommand command) =>
        System.Text.Json.Nodes.JsonNode.DeepEquals(
            old.ToJson(localizations: true),
            (command with { Id = old.Id, Version = old.Version }).ToJson(localizations: true)
        );

    private static void Announce(RestRequest request, Place place) =>
        request.World.Publish(
            new SimulatorEvent.CommandsRegistered(
                request.Bot,
                place.Guild,
                [.. place.Commands.Of(place.Guild).Select(command => command.Name)]
            )
        );

    private static bool TryPlace(
        RestRequest request,
        [NotNullWhen(true)] out Place? place,
        [NotNullWhen(false)] out Answer? refusal
    )
    {
        place = null;
        if (!request.TryId("application", out var id, out refusal))
        {
            return false;
        }

        if (id != request.Bot.Id)
        {
            refusal = request.World.FindApplication(id) is null
                ? DiscordError.UnknownApplication
                : DiscordError.NotYourApplication;
            return false;
        }

        Guild? guild = null;
        if (
            request.Context.Request.RouteValues.ContainsKey("guild")
            && !Access.TryGuild(request, out guild, out refusal)
        )
        {
            return false;
        }

        place = new Place(request.Bot, guild?.Id);
        return true;
    }

    private static bool TryCommand(
        RestRequest request,
        Place place,
        [NotNullWhen(true)] out RegisteredCommand? command,
        [NotNullWhen(false)] out Answer? refusal
    )
    {
        command = null;
        if (!request.TryId("command", out var id, out refusal))
        {
            return false;
        }

        command = place.Commands.Find(place.Guild, id);
        refusal = command is null ? DiscordError.UnknownCommand : null;
        return command is not null;
    }

    private sealed record Place(Application Application, Snowflake? Guild)
    {
        public CommandRegistry Commands => Application.Commands;

        public RegisteredCommand Blank(DiscordWorld world) =>
            new()
            {
                Id = world.Ids.Next(),
                ApplicationId = Application.Id,
                Version = world.Ids.Next(),
                Guild = Guild,
                Type = 1,
                Name = "",
                Description = "",
            };
    }
}
