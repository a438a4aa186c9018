namespace Serge.Bot.Settings;

/// <summary>Section <c>Cards</c>: pictures of quotations and events.</summary>
internal sealed record CardSettings
{
    /// <summary>The value of <see cref="Font"/> without pictures.</summary>
    private const string NoFont = "none";

    /// <summary>A value that ends with one of these is a file.</summary>
    private static readonly string[] Extensions = [".otf", ".ttf", ".ttc"];

    /// <summary><c>Cards:Font</c>: a font file, or the name of an installed family. Default <see langword="null"/>: the
    /// first of <see cref="Serge.Bot.Cards.FontFinder.PreferredFamilies"/> that is installed.</summary>
    public string? Font { get; init; }

    /// <summary>Whether pictures are drawn if there is a font; <see langword="false"/> for <c>Cards:Font</c> =
    /// <c>none</c>.</summary>
    public bool IsEnabled { get; init; } = true;

    public static CardSettings Read(SettingsSection root, string home)
    {
        var section = root.GetSection("Cards", "Font");
        var font = section.ReadText("Font");
        if (font == NoFont)
        {
            return new CardSettings { IsEnabled = false };
        }

        return new CardSettings { Font = font is null ? null : Resolve(font, section, home) };
    }

    /// <summary>A path is relative to the home folder, as in all settings. A family is looked for when it is
    /// needed.</summary>
    private static string Resolve(string font, SettingsSection section, string home)
    {
        var isFile = Extensions.Contains(Path.GetExtension(font), StringComparer.OrdinalIgnoreCase);
        if (!isFile && !font.Contains('/', StringComparison.Ordinal))
        {
            return font;
        }

        var path = Path.Combine(home, font);
        if (!File.Exists(path))
        {
            section.ReportInvalid(
                "Font",
                "is not a file. Name a font file, an installed family such as \"EB Garamond\", or \"none\"."
            );
        }

        return path;
    }
}
