namespace Serge.Bot.Commands;

/// <summary><c>/schedule</c>: what a server wants posted, for members with Manage Server.</summary>
/// <remarks>Discord offers it to them only; that is checked again here each time, for it is Discord's admins who may open it to others. Every look-up
/// goes through the interaction's own server, so nothing that is typed reaches another's.</remarks>
internal sealed class ScheduleSlashCommand(
    IGuildStore places,
    GuildDirectory directory,
    ScheduleSetup setup,
    SchedulePreview preview,
    IDiscord discord,
    BotSettings settings,
    Clocks clocks
) : ISlashCommand
{
    private const int MostSuggestions = 25;

    public CommandDefinition Definition { get; } =
        CommandText.Command(
            "schedule",
            Subcommand(
                "set",
                Option("set time") with
                {
                    Required = true,
                    Completes = true,
                    MaxLength = 20,
                },
                Option("set channel") with
                {
                    Type = CommandOptionType.Channel,
                },
                Option("set days") with
                {
                    Completes = true,
                    MaxLength = 100,
                },
                Option("set content") with
                {
                    Completes = true,
                    MaxLength = 100,
                },
                Option("set name") with
                {
                    Completes = true,
                    MaxLength = 100,
                },
                Option("set zone") with
                {
                    Completes = true,
                    MaxLength = 100,
                }
            ),
            Subcommand("list"),
            Subcommand("preview", Named("preview")),
            Subcommand("pause", Named("pause")),
            Subcommand("resume", Named("resume")),
            Subcommand("skip", Named("skip")),
            Subcommand("remove", Named("remove")),
            Subcommand("zone", Option("zone zone") with { Completes = true, MaxLength = 100 })
        ) with
        {
            DefaultMemberPermissions = DiscordPermissions.ManageGuild,
            Contexts = CommandContexts.Guild,
            UserInstallable = false,
        };

    public bool IsEphemeral(Interaction interaction) => true;

    public async ValueTask<Reply> HandleAsync(
        Interaction.Command command,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        if (Refusal(command, words) is { } refusal)
        {
            return refusal;
        }

        var guild = command.Guild!.Value;
        return command.Name switch
        {
            "schedule set" => await setup.AnswerAsync(guild, command, words, cancellationToken),
            "schedule list" => List(await FindAsync(guild, cancellationToken), words),
            "schedule zone" => await ZoneAsync(guild, command, words, cancellationToken),
            "schedule preview" => await PreviewAsync(guild, command, words, cancellationToken),
            _ => await ChangeAsync(guild, command, words, cancellationToken),
        };
    }

    public async ValueTask<IReadOnlyList<Choice>> CompleteAsync(
        Interaction.Completion completion,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        if (Refusal(completion, words) is not null)
        {
            return [];
        }

        var typed = completion.Typed.Trim();
        return completion.Option switch
        {
            "name" =>
            [
                .. (await FindAsync(completion.Guild!.Value, cancellationToken))
                    .Schedules.Select(schedule => schedule.Name)
                    .Where(name => name.Contains(typed, StringComparison.OrdinalIgnoreCase))
                    .Select(name => new Choice(name, name)),
            ],
            "zone" =>
            [
                .. TimeZoneNames
                    .Suggest(typed, MostSuggestions)
                    .Select(zone => new Choice(ScheduleText.ZoneNow(zone, clocks.Schedule.GetUtcNow()), zone)),
            ],
            _ => setup.Complete(completion.Option, typed, words),
        };
    }

    public async ValueTask<Reply> HandleButtonAsync(
        Interaction.ButtonPress press,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        if (Refusal(press, words) is { } refusal)
        {
            return refusal;
        }

        return SchedulePreview.TryParse(press.CustomId, out var after, out var name)
            ? new Reply.Update(
                await preview.PageAsync(
                    await FindAsync(press.Guild!.Value, cancellationToken),
                    name,
                    after,
                    words,
                    cancellationToken
                )
            )
            : Replies.Ephemeral(words.ButtonIsGone);
    }

    private static CommandOption Option(string path) => CommandText.Option($"schedule {path}");

    private static CommandOption Subcommand(string name, params IReadOnlyList<CommandOption> options) =>
        Option(name) with
        {
            Type = CommandOptionType.Subcommand,
            Options = options,
        };

    private static CommandOption Named(string subcommand) =>
        Option($"{subcommand} name") with
        {
            Completes = true,
            MaxLength = 100,
        };

    private static Reply? Refusal(Interaction interaction, Strings words) =>
        interaction switch
        {
            { Guild: null } => Replies.Ephemeral(words.ScheduleInServers),
            _ when (interaction.MemberPermissions & (DiscordPermissions.ManageGuild | DiscordPermissions.Administrator))
                    == DiscordPermissions.None => Replies.Ephemeral(words.ScheduleForAdmins),
            _ => null,
        };

    private async Task<GuildSettings> FindAsync(GuildId guild, CancellationToken cancellationToken) =>
        await places.FindAsync(guild, cancellationToken) ?? new GuildSettings(guild);

    private Reply List(GuildSettings place, Strings words)
    {
        if (place.Schedules.Count == 0)
        {
            return Replies.Ephemeral($"{words.NoSchedules}\n{Zone(place, words)}");
        }

        var texts = new[]
        {
            ScheduleText.Line,
            (Func<GuildSettings, GuildSchedule, BotSettings, Strings, string>)ScheduleText.ShortLine,
        }.Select(line =>
            string.Join(
                '\n',
                place
                    .Schedules.Select(schedule => $"- {line(place, schedule, settings, words)}")
                    .Append(Zone(place, words))
            )
        );
        return Replies.Ephemeral(texts.FirstOrDefault(Replies.Fits) ?? ScheduleText.Names(place, words));
    }

    private async Task<Reply> PreviewAsync(
        GuildId guild,
        Interaction.Command command,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        var place = await FindAsync(guild, cancellationToken);
        if (place.Schedules.Count == 0)
        {
            return Replies.Ephemeral(words.NoSchedules);
        }

        if (command.Options.TryGetValue("name", out var typed) && Find(place, typed) is null)
        {
            return Replies.Ephemeral(
                words.NoSuchSchedule(Replies.Typed(typed, words), ScheduleText.Names(place, words))
            );
        }

        var name = typed is null ? null : Find(place, typed)!.Name;
        return new Reply.Message(
            await preview.PageAsync(
                place,
                name,
                PreviewPosition.Through(clocks.Schedule.GetUtcNow()),
                words,
                cancellationToken
            ),
            Ephemeral: true
        );
    }

    private async Task<Reply> ZoneAsync(
        GuildId guild,
        Interaction.Command command,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        if (!command.Options.TryGetValue("zone", out var typed))
        {
            return Replies.Ephemeral(Zone(await FindAsync(guild, cancellationToken), words));
        }

        if (TimeZoneNames.Resolve(typed) is not { } zone)
        {
            return Replies.Ephemeral(words.NoZone(Replies.Typed(typed, words)));
        }

        var now = clocks.Schedule.GetUtcNow();
        var place = await directory.ChangeAsync(
            guild,
            before =>
            {
                // Only schedules that go by the server's zone move; what the others have planned stands.
                var after = (before with { Zone = zone }).DueAfter(now, settings.TimeZone);
                return new GuildChange(after)
                {
                    Cancelled =
                    [
                        .. before
                            .Schedules.Where(schedule => schedule.Zone is null && before.Zone != zone)
                            .Select(schedule => (schedule, "The server changed its time zone.")),
                    ],
                };
            },
            cancellationToken
        );
        return Replies.Ephemeral(
            words.ZoneIsNow(DiscordMarkdown.Escape(zone), ScheduleText.Now(zone, now, words))
                + ScheduleText.Attention(place, except: null, settings, words)
        );
    }

    private string Zone(GuildSettings place, Strings words)
    {
        var now = clocks.Schedule.GetUtcNow();
        return place.Zone is { } zone
            ? words.ZoneIs(DiscordMarkdown.Escape(zone), ScheduleText.Now(zone, now, words))
            : words.ZoneIsBots(
                DiscordMarkdown.Escape(settings.TimeZone.Id),
                ScheduleText.Now(settings.TimeZone.Id, now, words)
            );
    }

    /// <summary>The subcommands that do one thing to one schedule.</summary>
    private async Task<Reply> ChangeAsync(
        GuildId guild,
        Interaction.Command command,
        Strings words,
        CancellationToken cancellationToken
    )
    {
        var typed = command.Options.GetValueOrDefault("name");
        if (
            command.Name == "schedule resume"
            && Choose(await FindAsync(guild, cancellationToken), typed) is { Paused: not null } paused
            && await ChannelCheck.AskAsync(discord, guild, paused.Channel, words, cancellationToken)
                is { Problem: { } problem }
        )
        {
            return Replies.Ephemeral(problem);
        }

        string? answer = null;
        GuildSchedule? about = null;
        var now = clocks.Schedule.GetUtcNow();
        var place = await directory.ChangeAsync(
            guild,
            before =>
            {
                if ((about = Choose(before, typed)) is null)
                {
                    answer =
                        before.Schedules.Count == 0 ? words.NoSchedules
                        : typed is null ? words.WhichSchedule(ScheduleText.Names(before, words))
                        : words.NoSuchSchedule(Replies.Typed(typed, words), ScheduleText.Names(before, words));
                    return null;
                }

                (var change, answer) = ScheduleChanges.Make(command.Name, before, about, now, settings, words);
                return change;
            },
            cancellationToken
        );
        return Replies.Ephemeral(answer + ScheduleText.Attention(place, about?.Name, settings, words));
    }

    private static GuildSchedule? Find(GuildSettings place, string typed) =>
        ScheduleName.TryParse(typed, out var name) ? place.Find(name) : null;

    /// <summary>The one that is named; without a name the only one there is.</summary>
    private static GuildSchedule? Choose(GuildSettings place, string? typed) =>
        typed is not null ? Find(place, typed)
        : place.Schedules is [var only] ? only
        : null;
}
