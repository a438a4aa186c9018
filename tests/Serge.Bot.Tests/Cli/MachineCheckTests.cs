namespace Serge.Bot.Tests.Cli;

/// <summary>How <c>serge doctor</c> checks the clock and the time zone data.</summary>
public sealed class MachineCheckTests
{
    /// <summary>Each row: by how many seconds the local clock is ahead of the server's, the status, and the
    /// message.</summary>
    [Theory]
    [InlineData(0, nameof(DiagnosticStatus.Ok), "agrees with m.example")]
    [InlineData(-5, nameof(DiagnosticStatus.Ok), "agrees with m.example")]
    [InlineData(12, nameof(DiagnosticStatus.Note), "12 s ahead of m.example")]
    [InlineData(-30, nameof(DiagnosticStatus.Note), "30 s behind m.example")]
    [InlineData(
        -3600,
        nameof(DiagnosticStatus.Error),
        "3600 s behind m.example. Synchronize the clock: timedatectl set-ntp true, or install the package chrony."
    )]
    public void Compare_DependsOnTheDifference(int seconds, string status, string message)
    {
        var finding = MachineCheck.Compare(Some.Noon.AddSeconds(seconds), Some.Noon, "m.example");

        Assert.Equal((status, message), (finding.Status.ToString(), finding.Message));
    }

    [Theory]
    [InlineData("# version 2026a\nR Somewhere", "version 2026a")]
    [InlineData("R Somewhere", "zones; the machine does not state their version")]
    [InlineData(null, "zones; the machine does not state their version")]
    public void CheckZoneData_NamesTheVersionIfTheFileStatesIt(string? file, string message)
    {
        var folder = Directory.CreateTempSubdirectory("serge-zones-");
        if (file is not null)
        {
            File.WriteAllText(Path.Combine(folder.FullName, "tzdata.zi"), file);
        }

        var finding = MachineCheck.CheckZoneData(folder.FullName);

        Assert.Equal(DiagnosticStatus.Ok, finding.Status);
        Assert.EndsWith(message, finding.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }
}
