using System.Globalization;
using System.Text;
using System.Text.Json;
using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>The application's commands, compared and written.</summary>
internal sealed class CommandSet(RestClient rest, Self self, TimeSpan patience)
{
    /// <summary>Makes the registered commands equal to these.</summary>
    public Task<Result<Registration>> RegisterAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    )
    {
        CommandModel[] wanted = [.. commands.Select(CommandModel.From)];
        return self.ApplicationAsync(cancellationToken)
            .Then(application =>
                rest.ReadAsync(
                        Route.Commands(application.Id!.Value),
                        DiscordJson.Default.CommandModelArray,
                        patience,
                        cancellationToken
                    )
                    .Then(registered =>
                        AreSame(wanted, registered)
                            ? Task.FromResult<Result<Registration>>(
                                new Result<Registration>.Success(new Registration(Changed: false, wanted.Length))
                            )
                            : OverwriteAsync(application.Id!.Value, wanted, cancellationToken)
                    )
            );
    }

    /// <summary>Whether the registered commands are these.</summary>
    public Task<Result<bool>> IsRegisteredAsync(
        IReadOnlyList<CommandDefinition> commands,
        CancellationToken cancellationToken
    ) =>
        self.ApplicationAsync(cancellationToken)
            .Then(application =>
                rest.ReadAsync(
                        Route.Commands(application.Id!.Value),
                        DiscordJson.Default.CommandModelArray,
                        patience,
                        cancellationToken
                    )
                    .Select(registered => AreSame(commands.Select(CommandModel.From), registered))
            );

    private async Task<Result<Registration>> OverwriteAsync(
        ulong application,
        CommandModel[] wanted,
        CancellationToken cancellationToken
    )
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(wanted, DiscordJson.Default.CommandModelArray);
        var result = await rest.SendAsync(Route.OverwriteCommands(application), json, patience, cancellationToken);
        return result is RestResult.Done
            ? new Result<Registration>.Success(new Registration(Changed: true, wanted.Length))
            : JsonErrors.AnswerOf<Registration>(result);
    }

    /// <summary>Whether two sets of commands are the same to a member, in whatever order they are listed and whatever is left out or null
    /// because it is the default.</summary>
    public static bool AreSame(IEnumerable<CommandModel> one, IEnumerable<CommandModel> other) =>
        one.Select(Canonical)
            .Order(StringComparer.Ordinal)
            .SequenceEqual(other.Select(Canonical).Order(StringComparer.Ordinal));

    /// <summary>A command with everything spelled out and in one order.</summary>
    private static string Canonical(CommandModel command)
    {
        var text = new StringBuilder();
        Write(
            text,
            command.Type ?? 1,
            command.Name,
            command.Description,
            command.DefaultMemberPermissions,
            command.Nsfw ?? false
        );
        Write(text, command.NameLocalizations);
        Write(text, command.DescriptionLocalizations);
        Write(
            text,
            "installed",
            Numbers(command.IntegrationTypes, ifNone: [0]),
            "in",
            Numbers(command.Contexts, ifNone: [0, 1, 2])
        );
        Write(text, command.Options);
        return text.ToString();
    }

    private static void Write(StringBuilder text, OptionModel[]? options)
    {
        text.Append('[');
        foreach (var option in options ?? [])
        {
            Write(
                text,
                option.Type,
                option.Name,
                option.Description,
                option.Required ?? false,
                option.Autocomplete ?? false
            );
            Write(
                text,
                option.MinLength,
                option.MaxLength,
                option.MinValue,
                option.MaxValue,
                Numbers(option.ChannelTypes, ifNone: [])
            );
            Write(text, option.NameLocalizations);
            Write(text, option.DescriptionLocalizations);
            foreach (var choice in option.Choices ?? [])
            {
                Write(text, "choice", choice.Name, choice.Value?.ValueKind, choice.Value?.ToString());
                Write(text, choice.NameLocalizations);
            }

            Write(text, option.Options);
        }

        text.Append(']');
    }

    private static void Write(StringBuilder text, Dictionary<string, string>? localizations)
    {
        foreach (var (locale, value) in (localizations ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Write(text, "in", locale, value);
        }
    }

    /// <summary>Lengths first, so that no text can be taken for the end of one and the beginning of another.</summary>
    private static void Write(StringBuilder text, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            var written = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text.Append(CultureInfo.InvariantCulture, $"{(value is null ? -1 : written.Length)}:{written};");
        }
    }

    private static string Numbers(int[]? numbers, int[] ifNone) => string.Join(',', (numbers ?? ifNone).Order());
}
