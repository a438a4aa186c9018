using System.Runtime.CompilerServices;
using SkiaSharp;

namespace Serge.Bot.Cards.Tests;

/// <summary>Approved pictures in the folder Golden.</summary>
internal static class GoldenCards
{
    public static CardText Get(string name) =>
        name switch
        {
            "short" => new CardText("“Office AVATAR: fi, fl, Łódź 1911.”", [new CardLine(new CardRun("A. Writer"))]),
            "long" => new CardText(
                "“The ferry left before noon, and by four o’clock the harbour was empty; nobody had thought of the "
                    + "letters [...] that lay, tied with string, in the customs shed. Years later — the shed had long "
                    + "been pulled down — two of them came to light in a second-hand shop.”",
                [
                    new CardLine(new CardRun("A. Writer, "), new CardRun("The Customs Shed", IsItalic: true)),
                    new CardLine(new CardRun("quoted by B. Reader")),
                ]
            ),
            _ => new CardText(
                "The ferry to the islands makes its first crossing.",
                [new CardLine(new CardRun("A. Writer"))]
            )
            {
                Kicker = "On this day",
                Title = "11 November 1911",
            },
        };

    /// <summary>Compares the mean difference of the colour channels, because versions of a library smooth edges
    /// differently.</summary>
    public static void AssertApproved(string name, byte[] png, [CallerFilePath] string file = "")
    {
        if (Environment.GetEnvironmentVariable("SERGE_APPROVE") == "1")
        {
            var source = Path.Combine(Path.GetDirectoryName(file)!, "Golden");
            Directory.CreateDirectory(source);
            File.WriteAllBytes(Path.Combine(source, $"{name}.png"), png);
            return;
        }

        using var approved = SKBitmap.Decode(Path.Combine(AppContext.BaseDirectory, "Golden", $"{name}.png"));
        using var actual = SKBitmap.Decode(png);
        Assert.Equal((approved.Width, approved.Height), (actual.Width, actual.Height));
        var difference = approved.Pixels.Zip(actual.Pixels, GetDifference).Average();
        Assert.InRange(difference, 0, 0.5);
    }

    private static int GetDifference(SKColor one, SKColor other) =>
        Math.Abs(one.Red - other.Red) + Math.Abs(one.Green - other.Green) + Math.Abs(one.Blue - other.Blue);
}
