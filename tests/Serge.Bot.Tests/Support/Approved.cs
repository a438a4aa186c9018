using System.Runtime.CompilerServices;

namespace Serge.Bot.Tests.Support;

/// <summary>Compares texts for people with a file that a person has approved.</summary>
internal static class Approved
{
    /// <summary>Fails with the lines that differ. With <c>SERGE_APPROVE=1</c> it writes the file instead.</summary>
    /// <param name="name">The file, in the folder of the test.</param>
    /// <param name="received">The current text of the program.</param>
    /// <param name="here">Set by the compiler.</param>
    public static void Verify(string name, string received, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, name);
        if (Environment.GetEnvironmentVariable("SERGE_APPROVE") == "1")
        {
            File.WriteAllText(file, received);
        }

        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        if (approved == received)
        {
            return;
        }

        var before = approved.Split('\n');
        var now = received.Split('\n');
        var removed = before.Except(now).Select(line => $"- {line}");
        var added = now.Except(before).Select(line => $"+ {line}");
        Assert.Fail(
            $"""
            The text differs from {file}:
            {string.Join('\n', removed.Concat(added))}
            If the new text is right, run this test once with SERGE_APPROVE=1 and commit the file.
            """
        );
    }
}
