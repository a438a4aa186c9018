using System.Text;
using System.Text.Json;

namespace Serge.Bot.EndToEnd;

/// <summary>The program writes UTF-8, whatever the character set of the locale is.</summary>
public sealed class CharacterSetTests
{
    /// <summary>.NET reads the character set from the name of the locale, which need not be installed.</summary>
    private const string Latin1Locale = "en_US.ISO-8859-1";

    [Theory]
    [InlineData(Latin1Locale)]
    [InlineData("en_US.US-ASCII")]
    [InlineData("C")]
    public async Task Json_InAnyLocale_IsUtf8WithoutAByteOrderMark(string locale)
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, output) = await WorkerProcess.ReadOutputAsync(
            stage.Home,
            [("LC_ALL", locale)],
            "quotes --json",
            stage.CancellationToken
        );

        Assert.Equal(0, exitCode);
        UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var text = strict.GetString(output);
        Assert.StartsWith("[", text, StringComparison.Ordinal);
        Assert.Contains("“", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(text);
        Assert.NotEqual(0, json.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Log_InALocaleWithAnotherCharacterSet_IsUtf8()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("“matin”", "quote");
        var settings = Stage.AsEnvironment(stage.Settings(schedule));

        await using var process = WorkerProcess.Start(stage.Home, [.. settings, ("LC_ALL", Latin1Locale)], "run");

        await process.WaitForOutputAsync("Posted “matin” to ", stage.CancellationToken);
    }

    [Fact]
    public async Task Error_InALocaleWithAnotherCharacterSet_IsUtf8()
    {
        await using var stage = await Stage.OpenAsync();

        var (exitCode, printed) = await WorkerProcess.RunAsync(
            stage.Home,
            [("LC_ALL", Latin1Locale), ("Alerts__Mastodon", "no account")],
            "status",
            stage.CancellationToken
        );

        Assert.Equal(2, exitCode);
        Assert.Contains("an account on the bot’s own server", printed, StringComparison.Ordinal);
    }
}
