using SkiaSharp;

namespace Serge.Bot.Cards;

/// <summary>Finds the fonts for cards among the installed fonts.</summary>
public static class FontFinder
{
    private static readonly string[] Extensions = [".otf", ".ttf", ".ttc"];

    /// <summary>The families that are used if none is configured, best first.</summary>
    public static IReadOnlyList<string> PreferredFamilies { get; } =
    [
        "EB Garamond",
        "Cormorant Garamond",
        "Libertinus Serif",
        "Linux Libertine O",
        "Source Serif 4",
        "Source Serif Pro",
        "Gentium Book Plus",
        "Gentium Plus",
        "Gentium",
        "Crimson Pro",
        "Noto Serif",
        "DejaVu Serif",
        "Liberation Serif",
        "FreeSerif",
        "Georgia",
        "Palatino Linotype",
        "Times New Roman",
    ];

    /// <summary>The folders in which this operating system and this user install fonts.</summary>
    public static IReadOnlyList<string> SystemFolders()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        if (OperatingSystem.IsWindows())
        {
            var shared = Environment.GetFolderPath(Environment.SpecialFolder.Fonts);
            return [shared, Path.Combine(local, "Microsoft", "Windows", "Fonts")];
        }

        if (OperatingSystem.IsMacOS())
        {
            return [Path.Combine(home, "Library", "Fonts"), "/Library/Fonts", "/System/Library/Fonts"];
        }

        return
        [
            Path.Combine(local, "fonts"),
            Path.Combine(home, ".fonts"),
            "/usr/local/share/fonts",
            "/usr/share/fonts",
        ];
    }

    /// <summary>Finds the fonts of a family, and fonts for the characters that it lacks.</summary>
    /// <param name="font">The path of a font file, of any weight and width, or the name of a family;
    /// <see langword="null"/> selects the first of <see cref="PreferredFamilies"/> that is installed.</param>
    /// <param name="folders">The folders with fonts, with their subfolders. Folders that do not exist or cannot be
    /// read are ignored.</param>
    /// <returns><see langword="null"/> if there is no such font.</returns>
    public static FontSelection? Find(string? font, IEnumerable<string> folders)
    {
        var installed = folders.SelectMany(ListFonts).ToList();
        if (font is not null && File.Exists(font))
        {
            return FindFile(Path.GetFullPath(font), installed);
        }

        IReadOnlyList<string> families = font is null ? PreferredFamilies : [font];
        foreach (var family in families)
        {
            if (Select(family, installed) is { } selection)
            {
                return selection;
            }
        }

        return null;
    }

    private static FontSelection? FindFile(string path, IReadOnlyList<InstalledFont> installed)
    {
        if (Read(path) is not { } regular)
        {
            return null;
        }

        var siblings = ListFonts(Path.GetDirectoryName(path)!).Concat(installed);
        var italic = siblings.FirstOrDefault(other => other.IsItalic && other.IsOfFamily(regular.Family));
        var fallbacks = ListFallbacks(installed, path);
        return new FontSelection(regular.Family, path, italic?.Path ?? path, fallbacks);
    }

    private static FontSelection? Select(string family, IReadOnlyList<InstalledFont> installed)
    {
        var ofFamily = installed.Where(font => font.IsOfFamily(family)).ToList();
        var regular = ofFamily.Find(font => !font.IsItalic);
        if (regular is null)
        {
            return null;
        }

        var italic = ofFamily.Find(font => font.IsItalic) ?? regular;
        var fallbacks = ListFallbacks(installed, regular.Path);
        return new FontSelection(regular.Family, regular.Path, italic.Path, fallbacks);
    }

    /// <summary>Preferred families first, then the others by name.</summary>
    private static List<string> ListFallbacks(IReadOnlyList<InstalledFont> installed, string regular)
    {
        var paths = installed
            .Where(font => !font.IsItalic && font.Path != regular)
            .OrderBy(GetRank)
            .ThenBy(font => font.Path, StringComparer.Ordinal)
            .Select(font => font.Path);
        return [.. paths];
    }

    private static int GetRank(InstalledFont font)
    {
        for (var rank = 0; rank < PreferredFamilies.Count; rank++)
        {
            if (font.IsOfFamily(PreferredFamilies[rank]))
            {
                return rank;
            }
        }

        return PreferredFamilies.Count;
    }

    /// <summary>The fonts of a folder with normal weight and width. Names are in descending order, because a family
    /// with several optical sizes (EBGaramond08, EBGaramond12) is wanted in the largest.</summary>
    private static List<InstalledFont> ListFonts(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var files = Directory.EnumerateFiles(folder, "*", options).Where(IsFontFile).ToList();
        files.Sort(StringComparer.Ordinal);
        files.Reverse();
        List<InstalledFont> fonts = [];
        foreach (var file in files)
        {
            if (Read(file) is { IsNormal: true } font)
            {
                fonts.Add(font);
            }
        }

        return fonts;
    }

    private static bool IsFontFile(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static InstalledFont? Read(string path)
    {
        using var typeface = SKTypeface.FromFile(path);
        if (typeface is null)
        {
            return null;
        }

        var style = typeface.FontStyle;
        var hasNormalWeight = style.Weight == (int)SKFontStyleWeight.Normal;
        var hasNormalWidth = style.Width == (int)SKFontStyleWidth.Normal;
        var isNormal = hasNormalWeight && hasNormalWidth;
        var isItalic = style.Slant != SKFontStyleSlant.Upright;
        return new InstalledFont(path, typeface.FamilyName, isItalic, isNormal);
    }

    private sealed record InstalledFont(string Path, string Family, bool IsItalic, bool IsNormal)
    {
        /// <summary>Some families add an optical size to their name: "EB Garamond 12".</summary>
        public bool IsOfFamily(string family)
        {
            var name = Family.AsSpan().TrimEnd("0123456789 ");
            return Matches(Family, family) || Matches(name, family);
        }

        private static bool Matches(ReadOnlySpan<char> one, string other) =>
            one.Equals(other, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>The files of the fonts of a card.</summary>
/// <param name="Family">The name of the family.</param>
/// <param name="Regular">The roman font.</param>
/// <param name="Italic">The italics, or the roman font if the family has none.</param>
/// <param name="Fallbacks">Fonts for characters that the family lacks, best first.</param>
public sealed record FontSelection(string Family, string Regular, string Italic, IReadOnlyList<string> Fallbacks);
