using System.Text.RegularExpressions;

namespace Serge.Bot.Architecture.Tests;

/// <summary>Indented JSON has the same line ends on every system.</summary>
public sealed partial class IndentedJsonTests
{
    /// <summary>Without the option, .NET ends lines with a carriage return and a line feed on Windows. The output of
    /// commands shows the carriage return as <c>\u000d</c> between the values, which is not JSON.</summary>
    [Fact]
    public void OptionsOfIndentedJson_SetTheLineEnd()
    {
        var source = Path.Combine(SourceArchitecture.FindRepository(), "src");
        var files = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories);
        string[] options =
        [
            .. files.SelectMany(file => Options().Matches(File.ReadAllText(file)).Select(match => match.Value)),
        ];

        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Contains("NewLine = \"\\n\"", option, StringComparison.Ordinal));
    }

    /// <summary>An initializer with the option, up to the first initializer in it.</summary>
    [GeneratedRegex(@"\{[^{}]*Indented = true[^{}]*", RegexOptions.None, 5000)]
    private static partial Regex Options();
}
