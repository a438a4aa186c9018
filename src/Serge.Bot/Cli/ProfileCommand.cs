using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge profile</c>: texts for the Mastodon profile. It changes nothing there.</summary>
internal static class ProfileCommand
{
    public static Command Create(CommandContext context)
    {
        Command command = new(
            "profile",
            "Show texts for the profile of the Mastodon account: the bio, the fields, and an introduction to pin."
        );
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                await context.Output.WriteLineAsync(ProfileText.Create(view.Settings, view.Served.Author));
                return 0;
            }
        );
        return command;
    }
}
