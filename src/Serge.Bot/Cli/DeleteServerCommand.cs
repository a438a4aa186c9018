using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge delete-server --server ID</c>: deletes the data of a Discord server immediately.</summary>
internal sealed class DeleteServerCommand(IGuildStore guilds, ChangeConfirmation confirmation, CommandContext context)
{
    public static Command Create(CommandContext context)
    {
        var server = NumberOption.CreateId("--server", "Id of the server (digits).");
        Option<bool> yes = new("--yes") { Description = "Delete without asking." };
        Command command = new(
            "delete-server",
            "Delete the data of a Discord server: its schedules, its time zone, and the record of what they posted."
        )
        {
            server,
            yes,
        };
        command.SetAction(
            (result, cancellationToken) =>
                context.RunAsync<DeleteServerCommand>(
                    result,
                    (delete, stop) => delete.RunAsync(result.GetValue(server), result.GetValue(yes), stop),
                    cancellationToken
                )
        );
        return command;
    }

    private async Task<int> RunAsync(ulong id, bool yes, CancellationToken cancellationToken)
    {
        var all = await guilds.ListAsync(cancellationToken);
        if (all.FirstOrDefault(one => one.Guild.Value == id) is not { } guild)
        {
            await context.Output.WriteLineAsync($"No data is stored about server {id}.");
            return CommandLine.ProblemExitCode;
        }

        var schedules = Plural.Of(guild.Schedules.Count, "schedule");
        await context.Output.WriteLineAsync(
            $"Server {id} has {schedules}. Deleting them and the record of their posts cannot be undone."
        );
        if (!await confirmation.ConfirmAsync(yes))
        {
            return CommandLine.ProblemExitCode;
        }

        await guilds.DeleteAsync(guild.Guild, leftBefore: null, cancellationToken);
        await context.Output.WriteLineAsync($"The data of server {id} was deleted.");
        return 0;
    }
}
