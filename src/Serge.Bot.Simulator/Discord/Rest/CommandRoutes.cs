namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>An application's commands, global and per guild.</summary>
/// <remarks>Source: Discord docs, Interactions/Application Commands, Endpoints.</remarks>
internal static class CommandRoutes
{
    private const string Global = "/applications/{application}/commands";
    private const string InGuild = "/applications/{application}/guilds/{guild}/commands";
    private const string Single = "/{command}";

    // Source: Discord docs, Application Commands, Registering a Command.
    private const int MaxSlashCommands = 100;
    private const int MaxMenus = 15;

    public static IEnumerable<RestRoute> All { get; } = [.. CreateRoutes(Global), .. CreateRoutes(InGuild)];

    private static RestRoute[] CreateRoutes(string path) =>
        [
            Route("GET", path, GetAll),
            Route("PUT", path, Overwrite),
            Route("POST", path, Create),
            Route("GET", path + Single, Get),
            Route("PATCH", path + Single, Change),
            Route("DELETE", path + Single, Delete),
        ];

    private static RestRoute Route(
        string method,
        string pattern,
        Func<RestRequest, CommandScope, RestResponse> handle
    ) => new(method, pattern, request => Handle(request, handle));

    private static RestResponse Handle(RestRequest request, Func<RestRequest, CommandScope, RestResponse> handle)
    {
        var error = TryGetScope(request, out var scope);
        return error ?? handle(request, scope!);
    }

    private static RestResponse GetAll(RestRequest request, CommandScope scope) =>
        CreateList(scope, request.GetFlag("with_localizations"));

    private static RestResponse Overwrite(RestRequest request, CommandScope scope)
    {
        if (request.Body.ValueKind != JsonValueKind.Array)
        {
            return DiscordError.InvalidForm("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        }

        FormErrors errors = new();
        List<RegisteredCommand> commands = [];
        HashSet<(int, string)> names = [];
        foreach (var (index, item) in request.Body.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                errors.Add($"{index}", "MODEL_TYPE_CONVERT", Form.NoDictionary);
                continue;
            }

            Form form = new(item, $"{index}", errors);
            var command = CommandForm.Read(form, scope.CreateBlank(request.World));
            if (!names.Add((command.Type, command.Name)))
            {
                AddDuplicateNameError(form);
            }

            commands.Add(command);
        }

        if (errors.Any)
        {
            return DiscordError.InvalidForm(errors);
        }

        var error = Register(request, scope, commands, replaceAll: true);
        return error ?? CreateList(scope, withLocalizations: true);
    }

    private static RestResponse Create(RestRequest request, CommandScope scope)
    {
        if (!request.TryGetForm(out var form, out var error))
        {
            return error;
        }

        var command = CommandForm.Read(form, scope.CreateBlank(request.World));
        if (form.Errors.Any)
        {
            return DiscordError.InvalidForm(form.Errors);
        }

        var isNew = scope.Find(command) is null;
        error = Register(request, scope, [command], replaceAll: false);
        if (error is not null)
        {
            return error;
        }

        var json = scope.Find(command)!.ToJson(withLocalizations: true);
        return new RestResponse(isNew ? 201 : 200, json);
    }

    private static RestResponse Get(RestRequest request, CommandScope scope)
    {
        if (!TryGetCommand(request, scope, out var command, out var error))
        {
            return error;
        }

        return RestResponse.Ok(command.ToJson(withLocalizations: true));
    }

    private static RestResponse Change(RestRequest request, CommandScope scope)
    {
        if (!TryGetCommand(request, scope, out var command, out var error))
        {
            return error;
        }

        if (!request.TryGetForm(out var form, out error))
        {
            return error;
        }

        var changed = CommandForm.Change(form, command) with { Version = request.World.Ids.Create() };
        if (changed.Name != command.Name && scope.Find(changed) is not null)
        {
            AddDuplicateNameError(form);
        }

        if (form.Errors.Any)
        {
            return DiscordError.InvalidForm(form.Errors);
        }

        scope.Commands.Put(changed);
        PublishRegistered(request, scope);
        return RestResponse.Ok(changed.ToJson(withLocalizations: true));
    }

    private static RestResponse Delete(RestRequest request, CommandScope scope)
    {
        if (!TryGetCommand(request, scope, out var command, out var error))
        {
            return error;
        }

        scope.Commands.Remove(command);
        PublishRegistered(request, scope);
        return RestResponse.NoContent;
    }

    /// <summary>Registers commands. A command keeps its id if its name is registered already.</summary>
    /// <returns>The error if there are too many; otherwise <see langword="null"/>.</returns>
    private static RestResponse? Register(
        RestRequest request,
        CommandScope scope,
        IReadOnlyList<RegisteredCommand> commands,
        bool replaceAll
    )
    {
        var registered = commands.Select(command => KeepId(scope, command)).ToList();
        var others = scope.GetAll().Where(old => registered.TrueForAll(command => command.Id != old.Id));
        List<RegisteredCommand> all = replaceAll ? registered : [.. others, .. registered];
        if (HasTooMany(all))
        {
            return DiscordError.TooManyCommands;
        }

        var created = registered.Count(command => scope.Commands.Find(scope.Guild, command.Id) is null);
        var limit = request.World.Options.CommandCreatesPerDay;
        if (!scope.Commands.TryCountCreated(scope.Guild, created, limit, request.World.Clock.GetUtcNow()))
        {
            return DiscordError.TooManyCreates;
        }

        if (replaceAll)
        {
            scope.Commands.Clear(scope.Guild);
        }

        foreach (var command in registered)
        {
            scope.Commands.Put(command);
        }

        PublishRegistered(request, scope);
        return null;
    }

    private static bool HasTooMany(List<RegisteredCommand> commands)
    {
        int Count(int type) => commands.Count(command => command.Type == type);

        return Count(RegisteredCommand.SlashCommand) > MaxSlashCommands
            || Count(RegisteredCommand.UserMenu) > MaxMenus
            || Count(RegisteredCommand.MessageMenu) > MaxMenus;
    }

    private static RegisteredCommand KeepId(CommandScope scope, RegisteredCommand command)
    {
        if (scope.Find(command) is not { } old)
        {
            return command;
        }

        var unchanged = command with { Id = old.Id, Version = old.Version };
        var oldJson = old.ToJson(withLocalizations: true);
        var unchangedJson = unchanged.ToJson(withLocalizations: true);
        if (JsonNode.DeepEquals(oldJson, unchangedJson))
        {
            return unchanged;
        }

        return command with
        {
            Id = old.Id,
        };
    }

    private static RestResponse CreateList(CommandScope scope, bool withLocalizations)
    {
        var json = Json.ToArray(scope.GetAll(), command => command.ToJson(withLocalizations));
        return RestResponse.Ok(json);
    }

    private static void AddDuplicateNameError(Form form) =>
        form.AddError("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");

    private static void PublishRegistered(RestRequest request, CommandScope scope)
    {
        var names = scope.GetAll().Select(command => command.Name).ToList();
        request.World.Publish(new DiscordWorldEvent.CommandsRegistered(request.Bot, scope.Guild, names));
    }

    /// <returns>The error; <see langword="null"/> if there is a scope.</returns>
    private static RestResponse? TryGetScope(RestRequest request, out CommandScope? scope)
    {
        scope = null;
        if (!request.TryGetId("application", out var id, out var error))
        {
            return error;
        }

        if (request.World.FindApplication(id) is not { } application)
        {
            return DiscordError.UnknownApplication;
        }

        if (application != request.Bot)
        {
            return DiscordError.NotYourApplication;
        }

        Guild? guild = null;
        var isInGuild = request.Context.Request.RouteValues.ContainsKey("guild");
        if (isInGuild && !request.TryGetGuild(out guild, out error))
        {
            return error;
        }

        scope = new CommandScope(application, guild?.Id);
        return null;
    }

    private static bool TryGetCommand(
        RestRequest request,
        CommandScope scope,
        [NotNullWhen(true)] out RegisteredCommand? command,
        [NotNullWhen(false)] out RestResponse? error
    )
    {
        command = null;
        if (!request.TryGetId("command", out var id, out error))
        {
            return false;
        }

        command = scope.Commands.Find(scope.Guild, id);
        if (command is null)
        {
            error = DiscordError.UnknownCommand;
            return false;
        }

        return true;
    }

    /// <summary>The commands of a guild, or the global ones.</summary>
    private sealed record CommandScope(Application Application, Snowflake? Guild)
    {
        public CommandStore Commands => Application.Commands;

        public IReadOnlyList<RegisteredCommand> GetAll() => Commands.GetAll(Guild);

        /// <summary>Finds the registered command with the type and name of a command.</summary>
        public RegisteredCommand? Find(RegisteredCommand command) => Commands.Find(Guild, command.Type, command.Name);

        public RegisteredCommand CreateBlank(DiscordWorld world) =>
            new()
            {
                Id = world.Ids.Create(),
                ApplicationId = Application.Id,
                Version = world.Ids.Create(),
                Guild = Guild,
                Type = RegisteredCommand.SlashCommand,
                Name = "",
                Description = "",
            };
    }
}
