using System.CommandLine;
using System.Globalization;
using Serge.Bot.Settings;
using Serge.Bot.Storage;

namespace Serge.Bot.Operators;

/// <summary><c>serge backup FILE</c>: a copy of the ledger, made beside a running bot and read through before it gets its name.</summary>
internal static class BackupVerb
{
    public static Command Create(VerbContext context)
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
                var settings = SettingsReader.Read(context.HomeOf(result)).Settings;
                var to = result.GetValue(file)!;
                if (settings.PostgreSql is not null)
                {
                    throw new VerbException(
                        $"The ledger is a PostgreSQL database, and PostgreSQL copies those best itself: pg_dump --format=custom --file={to} serge, with your database’s name for serge."
                    );
                }

                // Where the person stands, not the bot's folder: it is their file.
                var path = Path.GetFullPath(to);
                var copy = LedgerCopy.Make(settings.LedgerPath, path);
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
