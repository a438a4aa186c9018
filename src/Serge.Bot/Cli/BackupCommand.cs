using System.CommandLine;
using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary><c>serge backup FILE</c>: copies the ledger, also beside a running bot, and checks the copy.</summary>
internal static class BackupCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file")
        {
            Description = "Name of the copy, such as serge-before-upgrade.db. The file must not exist.",
        };
        Command command = new(
            "backup",
            "Copy the ledger to a file while the bot runs, and check the copy. For PostgreSQL it "
                + "prints the command to use."
        )
        {
            file,
        };
        command.SetAction(
            async (result, _) =>
            {
                var settings = SettingsReader.Read(context.GetHome(result)).Settings;
                var name = result.GetValue(file)!;
                if (string.IsNullOrWhiteSpace(name))
                {
                    throw new CommandException(
                        "The name of the copy is empty. Write one, such as serge-before-upgrade.db."
                    );
                }

                if (settings.PostgreSql is not null)
                {
                    throw new CommandException(
                        "The ledger is a PostgreSQL database. Use pg_dump, with the name of your database for serge: "
                            + $"pg_dump --format=custom --file={name} serge"
                    );
                }

                // Relative to the current folder, not to the bot's: the person chose the name.
                var path = Path.GetFullPath(name);
                var copy = Create(settings.LedgerPath, path, context);
                var posts = Plural.Of(copy.Posts, "post");
                var size = string.Create(CultureInfo.InvariantCulture, $"{copy.Bytes / 1024} KiB");
                await context.Output.WriteLineAsync(
                    $"{path}: {posts}, schema {copy.Schema}, {size}. The copy was checked and is complete."
                );
                return 0;
            }
        );
        return command;
    }

    private static LedgerBackup Create(string ledger, string copy, CommandContext context)
    {
        using var progress = ProgressLine.Start(context, "Copying the ledger");
        return LedgerBackup.Create(ledger, copy);
    }
}
