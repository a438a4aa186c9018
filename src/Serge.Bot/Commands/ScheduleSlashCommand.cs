namespace Serge.Bot.Commands;

/// <summary><c>/schedule</c>: scheduled posts of a server, for members with Manage Server.</summary>
/// <remarks>Discord shows it only to them, unless a server's admins allow it to others; so the permission is checked
/// again here. All data comes from the server of the interaction, whatever is typed.</remarks>
internal sealed class ScheduleSlashCommand(
    IGuildStore guilds,
    GuildDirectory directory,
    GuildPauses pauses,
    ScheduleSetup setup,
    SchedulePreview preview,
    IDiscord discord,
    BotSettings settings,
    Clocks clocks
) : ISlashCommand
{
    private readonly ScheduleZone _zone = new(directory, settings, clocks);

    public CommandDefinition Definition { get; } = Define();

    public bool IsEphemeral(Interaction interaction) => true;

    public bool ReplacesMessage(Interaction.ButtonPress press) => true;

    public async ValueTask<Reply> HandleAsync(
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        if (Authorize(command, strings, out var refusal) is not { } guild)
        {
            return refusal;
        }

        // Discord sends the command from servers with the bot only. Over HTTP it does not report an invitation.
        var hasReturned = directory.HasLeft(guild) && await pauses.MarkReturnedAsync(guild, cancellationToken);
        return command.Name switch
        {
            "schedule set" => await setup.HandleAsync(guild, command, strings, cancellationToken),
            "schedule list" => List(await GetAsync(guild, cancellationToken), strings),
            "schedule zone" => await HandleZoneAsync(guild, command, strings, cancellationToken),
            "schedule preview" => await PreviewAsync(guild, command, strings, cancellationToken),
            _ => await ChangeAsync(guild, command, hasReturned, strings, cancellationToken),
        };
    }

    public async ValueTask<IReadOnlyList<Choice>> CompleteAsync(
        Interaction.Autocomplete completion,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        if (Authorize(completion, strings, out _) is not { } guild)
        {
            return [];
        }

        var typed = completion.Input.Trim();
        return completion.Option switch
        {
            "name" => SuggestNames(await GetAsync(guild, cancellationToken), typed),
            "zone" => _zone.Suggest(typed),
            _ => setup.Complete(completion.Option, typed, strings),
        };
    }

    public async ValueTask<Reply> HandleButtonAsync(
        Interaction.ButtonPress press,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        if (Authorize(press, strings, out var refusal) is not { } guildId)
        {
            return refusal;
        }

        if (!SchedulePreview.TryParseButton(press.CustomId, out var after, out var name))
        {
            return Replies.Ephemeral(strings.UnknownButton);
        }

        var guild = await GetAsync(guildId, cancellationToken);
        return new Reply.Update(await preview.CreatePageAsync(guild, name, after, strings, cancellationToken));
    }

    private static CommandDefinition Define()
    {
        CommandOption[] options =
        [
            CreateSubcommand(
                "set",
                CommandText.CreateCompletedOption("schedule set time", maxLength: 20) with
                {
                    Required = true,
                },
                CommandText.CreateOption("schedule set channel") with
                {
                    Type = CommandOptionType.Channel,
                },
                CommandText.CreateCompletedOption("schedule set days"),
                CommandText.CreateCompletedOption("schedule set content"),
                CommandText.CreateCompletedOption("schedule set name"),
                CommandText.CreateCompletedOption("schedule set zone"),
                CreateSwitch("schedule set buttons"),
                CreateSwitch("schedule set picture"),
                CreateSwitch("schedule set thread"),
                CreateSwitch("schedule set crosspost"),
                CommandText.CreateOption("schedule set mention") with
                {
                    Type = CommandOptionType.Role,
                },
                CreateSwitch("schedule set silent")
            ),
            CreateSubcommand("list"),
            CreateSubcommand("preview", CommandText.CreateCompletedOption("schedule preview name")),
            CreateSubcommand("pause", CommandText.CreateCompletedOption("schedule pause name")),
            CreateSubcommand("resume", CommandText.CreateCompletedOption("schedule resume name")),
            CreateSubcommand("skip", CommandText.CreateCompletedOption("schedule skip name")),
            CreateSubcommand("remove", CommandText.CreateCompletedOption("schedule remove name")),
            CreateSubcommand("zone", CommandText.CreateCompletedOption("schedule zone zone")),
        ];
        return CommandText.CreateCommand("schedule", options) with
        {
            DefaultMemberPermissions = DiscordPermissions.ManageGuild,
            Contexts = CommandContexts.Guild,
            UserInstallable = false,
        };
    }

    private static CommandOption CreateSwitch(string path) =>
        CommandText.CreateOption(path) with
        {
            Type = CommandOptionType.Boolean,
        };

    private static CommandOption CreateSubcommand(string name, params IReadOnlyList<CommandOption> options) =>
        CommandText.CreateOption($"schedule {name}") with
        {
            Type = CommandOptionType.Subcommand,
            Options = options,
        };

    /// <returns>The server; <see langword="null"/> with a reply if the member may not manage its schedules.</returns>
    private static GuildId? Authorize(Interaction interaction, Strings strings, out Reply refusal)
    {
        const DiscordPermissions allowed = DiscordPermissions.ManageGuild | DiscordPermissions.Administrator;
        if (interaction.Guild is null)
        {
            refusal = Replies.Ephemeral(strings.ScheduleInServers);
            return null;
        }

        refusal = Replies.Ephemeral(strings.ScheduleForAdmins);
        var isAllowed = (interaction.MemberPermissions & allowed) != DiscordPermissions.None;
        if (isAllowed)
        {
            return interaction.Guild;
        }

        return null;
    }

    private async Task<GuildSettings> GetAsync(GuildId guild, CancellationToken cancellationToken) =>
        await guilds.FindAsync(guild, cancellationToken) ?? new GuildSettings(guild);

    private static Choice[] SuggestNames(GuildSettings guild, string typed)
    {
        var names = guild
            .Schedules.Select(schedule => schedule.Name)
            .Where(name => name.Contains(typed, StringComparison.OrdinalIgnoreCase));
        return [.. names.Select(name => new Choice(name, name))];
    }

    private Reply List(GuildSettings guild, Strings strings)
    {
        var zone = _zone.Format(guild, strings);
        var text = CreateText(guild, strings);
        if (guild.Schedules.Count == 0)
        {
            return Replies.Ephemeral($"{strings.NoSchedules}\n{zone}");
        }

        var complete = FormatList(text.FormatLine);
        if (DiscordMessage.Fits(complete))
        {
            return Replies.Ephemeral(complete);
        }

        var brief = FormatList(text.FormatShortLine);
        if (DiscordMessage.Fits(brief))
        {
            return Replies.Ephemeral(brief);
        }

        return Replies.Ephemeral(text.FormatNames());

        string FormatList(Func<GuildSchedule, string> formatLine)
        {
            var lines = guild.Schedules.Select(schedule => $"- {formatLine(schedule)}");
            return string.Join('\n', lines.Append(zone));
        }
    }

    private async Task<Reply> PreviewAsync(
        GuildId guildId,
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var guild = await GetAsync(guildId, cancellationToken);
        if (guild.Schedules.Count == 0)
        {
            return Replies.Ephemeral(strings.NoSchedules);
        }

        string? name = null;
        if (command.Options.TryGetValue("name", out var typed))
        {
            if (Find(guild, typed) is not { } schedule)
            {
                return Replies.Ephemeral(FormatNotFound(guild, typed, strings));
            }

            name = schedule.Name;
        }

        var after = PreviewPosition.AfterAll(clocks.Schedule.GetUtcNow());
        var page = await preview.CreatePageAsync(guild, name, after, strings, cancellationToken);
        return new Reply.Message(page, Ephemeral: true);
    }

    private async Task<Reply> HandleZoneAsync(
        GuildId guildId,
        Interaction.Command command,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        if (command.Options.TryGetValue("zone", out var typed))
        {
            return await _zone.SetAsync(guildId, typed, strings, cancellationToken);
        }

        var guild = await GetAsync(guildId, cancellationToken);
        return Replies.Ephemeral(_zone.Format(guild, strings));
    }

    /// <summary>Handles the subcommands that change one schedule.</summary>
    private async Task<Reply> ChangeAsync(
        GuildId guildId,
        Interaction.Command command,
        bool hasReturned,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var typed = command.Options.GetValueOrDefault("name");
        if (
            command.Name == "schedule resume"
            && await CheckChannelAsync(guildId, typed, strings, cancellationToken) is { } problem
        )
        {
            return Replies.Ephemeral(problem);
        }

        string? answer = null;
        GuildSchedule? chosen = null;
        var now = clocks.Schedule.GetUtcNow();
        var guild = await directory.ChangeAsync(
            guildId,
            before =>
            {
                chosen = Choose(before, typed);
                if (chosen is null)
                {
                    answer = FormatNotChosen(before, typed, strings);
                    return null;
                }

                ScheduleChanges changes = new(before, chosen, settings.TimeZone, strings) { HasReturned = hasReturned };
                (var change, answer) = changes.Decide(command.Name, now);
                return change;
            },
            cancellationToken
        );
        return Replies.Ephemeral(answer + CreateText(guild, strings).FormatAttention(chosen?.Name));
    }

    /// <returns>Why the paused schedule cannot post in its channel.</returns>
    private async Task<string?> CheckChannelAsync(
        GuildId guildId,
        string? typed,
        Strings strings,
        CancellationToken cancellationToken
    )
    {
        var guild = await GetAsync(guildId, cancellationToken);
        if (Choose(guild, typed) is not { Paused: not null } paused)
        {
            return null;
        }

        ChannelCheck check = new(discord, guildId, strings);
        var access = await check.RunAsync(paused.Channel, paused.Options, cancellationToken);
        return access.Problem;
    }

    private string FormatNotChosen(GuildSettings guild, string? typed, Strings strings)
    {
        if (guild.Schedules.Count == 0)
        {
            return strings.NoSchedules;
        }

        if (typed is null)
        {
            return strings.WhichSchedule(CreateText(guild, strings).FormatNames());
        }

        return FormatNotFound(guild, typed, strings);
    }

    private string FormatNotFound(GuildSettings guild, string typed, Strings strings)
    {
        var shown = Replies.FormatInput(typed, strings);
        var names = CreateText(guild, strings).FormatNames();
        return strings.NoSuchSchedule(shown, names);
    }

    private ScheduleText CreateText(GuildSettings guild, Strings strings) => new(guild, settings.TimeZone, strings);

    private static GuildSchedule? Find(GuildSettings guild, string typed)
    {
        if (ScheduleName.TryParse(typed, out var name))
        {
            return guild.Find(name);
        }

        return null;
    }

    /// <summary>The schedule with the typed name; without a name the only schedule.</summary>
    private static GuildSchedule? Choose(GuildSettings guild, string? typed)
    {
        if (typed is not null)
        {
            return Find(guild, typed);
        }

        if (guild.Schedules is [var only])
        {
            return only;
        }

        return null;
    }
}
