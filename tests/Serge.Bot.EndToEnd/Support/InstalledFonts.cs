using Serge.Bot.Cards;

namespace Serge.Bot.EndToEnd.Support;

/// <summary>Whether this machine has a font for pictures.</summary>
internal static class InstalledFonts
{
    public static bool HasAny { get; } = FontFinder.Find(null, FontFinder.SystemFolders()) is not null;

    /// <summary>Skips the test if there is no font, with a message about what is missing.</summary>
    public static void Require() =>
        Assert.SkipUnless(HasAny, "NOT TESTED: no serif font is installed (Debian: fonts-ebgaramond)");
}
