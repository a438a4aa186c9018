using System.Globalization;

namespace Serge.Bot.Cli;

/// <summary>Checks how the Developer Portal lets servers and members install the app.</summary>
internal static class InstallDiagnostics
{
    private const string Page = "the Developer Portal, under Installation";

    /// <param name="application">The application as Discord describes it.</param>
    /// <param name="needed">The permissions that the bot needs in a server.</param>
    public static IEnumerable<DoctorFinding> Run(DiscordApplication application, DiscordPermissions needed)
    {
        yield return application.AllowsGuildInstall == false
            ? DoctorFinding.Error("to a server", $"Servers cannot install the app. Enable Guild Install in {Page}.")
            : DoctorFinding.Ok("to a server", Invite.ToServer(application.Id, needed).AbsoluteUri);
        yield return application.AllowsUserInstall == false
            ? DoctorFinding.Note(
                "to a member",
                $"Members cannot install the app for themselves. Enable User Install in {Page}, or ignore this."
            )
            : DoctorFinding.Ok("to a member", Invite.ToMember(application.Id).AbsoluteUri);
        if (FindLinkProblem(application, needed) is { } problem)
        {
            yield return DoctorFinding.Note("install link", problem);
        }
    }

    /// <summary>The link on the app's profile and in the app directory. Discord accepts none for an app that only its
    /// owner may add.</summary>
    private static string? FindLinkProblem(DiscordApplication application, DiscordPermissions needed)
    {
        if (application is { IsPublic: false } or { CustomInstallUrl: not null })
        {
            return null;
        }

        if (application is { InstallPermissions: null, AllowsGuildInstall: null })
        {
            return null;
        }

        var number = ((ulong)needed).ToString(CultureInfo.InvariantCulture);
        if (application.InstallPermissions is not { } asked)
        {
            return "The app’s profile and the app directory have no install link. Choose the Discord Provided Link in "
                + $"{Page}, with the scopes bot and applications.commands and the permissions {number}.";
        }

        var missing = needed & ~asked;
        if (missing == DiscordPermissions.None || asked.HasFlag(DiscordPermissions.Administrator))
        {
            return null;
        }

        return $"The install link of the app’s profile does not ask for all permissions. Set {number} in {Page}.";
    }
}
