using System.Runtime.CompilerServices;

namespace Serge.Bot.Tests.Support;

/// <summary>Compares what people see with a file that a person has approved.</summary>
internal static class Approved
{
    /// <summary>Fails with the lines that differ. With <c>SERGE_APPROVE=1</c> it writes the file instead.</summary>
    /// <param name="name">The file, in the folder of the test.</param>
    /// <param name="received">What the program says now.</param>
    /// <param name="here">Filled in by the compiler.</param>
    public static void Verify(string name, string received, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, name);
        if (Environment.GetEnvironmentVariable("SERGE_APPROVE") == "1")
        {
            File.WriteAllText(file, received);
        }

        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        if (approved != received)
        {
            var (before, now) = (approved.Split('\n'), received.Split('\n'));
            var changes = before
                .Except(now)
                .Select(line => $"- {line}")
                .Concat(now.Except(before).Select(line => $"+ {line}"));
            Assert.Fail(
                $"""
                What members see differs from {file}.
                {string.Join('\n', changes)}
                If that is what members shall see, run this test once with SERGE_APPROVE=1 and commit the file.
                """
            );
        }
    }
}
