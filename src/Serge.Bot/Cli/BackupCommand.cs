using System.CommandLine;
using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary><c>serge backup FILE</c>: a copy of the ledger, made beside a running bot and read through before it gets its name.</summary>
internal static class BackupCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("file")
        {
            Description = "What the copy is to be called, such as serge-before-upgrade.db. Nothing must be there yet.",
        };
        var command = new Command(
            "backup",
            "Copy the ledger to a file while the bot goes on, and read the copy through. For PostgreSQL it says how."
        )
        {
            file,
        };
        command.SetAction(
            async (result, _) =>
            {
                var settings = SettingsReader.Read(context.GetHome(result)).Settings;
                var to = result.GetValue(file)!;
                if (settings.PostgreSql is not null)
                {
                    throw new CommandException(
                        $"The ledger is a PostgreSQL database, and PostgreSQL copies those best itself: pg_dump --format=custom --file={to} serge, with your database’s name for serge."
                    );
                }

                // Where the person stands, not the bot's folder: it is their file.
                var path = Path.GetFullPath(to);
                var copy = LedgerBackup.Make(settings.LedgerPath, path);
                await context.Output.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{path}: {copy.Posts} posts, schema {copy.Schema}, {copy.Bytes / 1024} KiB. It was read through and is whole."
                    )
                );
                return 0;
            }
        );
        return command;
    }
}
