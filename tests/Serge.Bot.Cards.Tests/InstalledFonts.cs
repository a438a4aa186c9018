namespace Serge.Bot.Cards.Tests;

/// <summary>The fonts of this machine.</summary>
internal static class InstalledFonts
{
    private static readonly FontSelection? Any = FontFinder.Find(null, FontFinder.SystemFolders());

    /// <summary>The best serif font; skips the test if there is none.</summary>
    public static FontSelection GetAny()
    {
        Assert.SkipWhen(Any is null, "NOT TESTED: no serif font is installed (Debian: fonts-ebgaramond)");
        return Any;
    }

    /// <summary>The font of the golden pictures; skips the test if it is missing.</summary>
    public static FontSelection GetGaramond()
    {
        Assert.SkipUnless(
            Any?.Family == "EB Garamond",
            "NOT TESTED: EB Garamond is missing (Debian: fonts-ebgaramond)"
        );
        return Any;
    }
}
