using System.Reflection;

namespace Serge.Bot.Platforms;

/// <summary>The version of the program, as <c>--version</c>, the log, the health endpoints and both platforms show
/// it.</summary>
public static class ProgramVersion
{
    /// <summary><c>Version</c> of <c>Directory.Build.props</c>, such as <c>1.2.0</c> or <c>1.2.0-beta.1</c>.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;
}
