using System.Text.Json;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Compares and registers the application's commands.</summary>
internal sealed class ApplicationCommands(RestClient rest, CurrentApplication application, TimeSpan timeout)
{
    /// <summary>Registers commands, if the registered ones differ.</summary>
    public async Task<Result<CommandRegistration>> RegisterAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadAsync(cancellationToken);
        if (!read.TryGetValue(out var registered))
        {
            return read.AsFailure<CommandRegistration>();
        }

        if (AreSame(commands.Select(CommandModel.From), registered))
        {
            return new CommandRegistration(Changed: false, commands.Count) { Ids = GetIds(registered) };
        }

        return await OverwriteAsync(commands, cancellationToken);
    }

    public async Task<Result<bool>> AreRegisteredAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    )
    {
        var read = await ReadAsync(cancellationToken);
        if (!read.TryGetValue(out var registered))
        {
            return read.AsFailure<bool>();
        }

        return AreSame(commands.Select(CommandModel.From), registered);
    }

    private async Task<Result<CommandModel[]>> ReadAsync(CancellationToken cancellationToken)
    {
        var readApplication = await application.GetApplicationAsync(cancellationToken);
        if (readApplication is not Result<ApplicationModel>.Success({ Id: { } id }))
        {
            return readApplication.AsFailure<CommandModel[]>();
        }

        return await rest.ReadListAsync(Route.Commands(id), CommandModel.Read, timeout, cancellationToken);
    }

    private async Task<Result<CommandRegistration>> OverwriteAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    )
    {
        var readApplication = await application.GetApplicationAsync(cancellationToken);
        if (readApplication is not Result<ApplicationModel>.Success({ Id: { } id }))
        {
            return readApplication.AsFailure<CommandRegistration>();
        }

        CommandModel[] models = [.. commands.Select(CommandModel.From)];
        var json = JsonSerializer.SerializeToUtf8Bytes(models, DiscordJson.Default.CommandModelArray);
        var result = await rest.SendAsync(
            Route.OverwriteCommands(id),
            RequestBody.FromJson(json),
            timeout,
            cancellationToken
        );
        if (result is not RestResult.Success success)
        {
            return ResponseDecoder.ToResult<CommandRegistration>(result);
        }

        var registered = JsonReader.Parse(success.Body).Objects(CommandModel.Read) ?? [];
        return new CommandRegistration(Changed: true, models.Length) { Ids = GetIds(registered) };
    }

    /// <summary>The ids of slash commands: a command of a menu may have the same name, and cannot be
    /// mentioned.</summary>
    private static Dictionary<string, ulong> GetIds(IEnumerable<CommandModel> registered)
    {
        Dictionary<string, ulong> ids = new(StringComparer.Ordinal);
        foreach (var command in registered)
        {
            if (command is { Id: { } id, Name: { } name, Type: (int)CommandType.Slash or null })
            {
                ids[name] = id;
            }
        }

        return ids;
    }

    /// <summary>Whether two sets of commands are equal, regardless of their order and of omitted default values and
    /// localized texts that equal the default.</summary>
    public static bool AreSame(IEnumerable<CommandModel> one, IEnumerable<CommandModel> other)
    {
        var texts = one.Select(ToCanonicalText).Order(StringComparer.Ordinal);
        var otherTexts = other.Select(ToCanonicalText).Order(StringComparer.Ordinal);
        return texts.SequenceEqual(otherTexts);
    }

    private static string ToCanonicalText(CommandModel command)
    {
        var text = new CanonicalText();
        text.Add(command.Type ?? 1, command.Name, command.Description);
        text.Add(command.DefaultMemberPermissions, command.Nsfw ?? false);
        text.AddLocalizations(command.Name, command.NameLocalizations);
        text.AddLocalizations(command.Description, command.DescriptionLocalizations);
        text.Add("installed", Join(command.IntegrationTypes ?? [0]));
        text.Add("in", Join(command.Contexts ?? [0, 1, 2]));
        AddOptions(text, command.Options);
        return text.ToString();
    }

    private static void AddOptions(CanonicalText text, OptionModel[]? options)
    {
        text.Add("options");
        foreach (var option in options ?? [])
        {
            text.Add(option.Type, option.Name, option.Description);
            text.Add(option.Required ?? false, option.Autocomplete ?? false);
            text.Add(option.MinLength, option.MaxLength, option.MinValue, option.MaxValue);
            text.Add(Join(option.ChannelTypes ?? []));
            text.AddLocalizations(option.Name, option.NameLocalizations);
            text.AddLocalizations(option.Description, option.DescriptionLocalizations);
            foreach (var choice in option.Choices ?? [])
            {
                text.Add("choice", choice.Name, choice.Value?.ValueKind, choice.Value.Scalar());
                text.AddLocalizations(choice.Name, choice.NameLocalizations);
            }

            AddOptions(text, option.Options);
        }

        text.Add("end of options");
    }

    private static string Join(int[] numbers) => string.Join(',', numbers.Order());
}
