using System.Xml.Linq;

namespace Serge.Bot.Platforms.Tests;

public sealed class ProgramVersionTests
{
    [Fact]
    public void Text_IsTheOneVersionOfTheBuild()
    {
        var file = XDocument.Load(Path.Combine(FindRepository(), "Directory.Build.props"));

        Assert.Equal(Assert.Single(file.Descendants("Version")).Value, ProgramVersion.Text);
    }

    /// <summary>A version in a project file would be shown by one part of the program only.</summary>
    [Fact]
    public void NoProject_HasAVersionOfItsOwn()
    {
        var projects = Directory.EnumerateFiles(FindRepository(), "*.csproj", SearchOption.AllDirectories);
        string[] names =
        [
            "Version",
            "VersionPrefix",
            "AssemblyVersion",
            "FileVersion",
            "InformationalVersion",
            "PackageVersion",
        ];

        Assert.All(
            projects.Where(file => !file.Contains("artifacts", StringComparison.Ordinal)),
            file =>
                Assert.DoesNotContain(
                    XDocument.Load(file).Descendants("PropertyGroup").Elements(),
                    property => names.Contains(property.Name.LocalName)
                )
        );
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Serge.Bot.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Serge.Bot.sln was not found.");
        }

        return folder.FullName;
    }
}
