namespace Serge.Bot.Cards;

/// <summary>Size and colours of a card.</summary>
public sealed record CardStyle
{
    /// <summary>The smallest width and height, in pixels.</summary>
    public const int MinSide = 300;

    /// <summary>The largest width and height, in pixels: Mastodon scales larger pictures down
    /// (<c>app/models/media_attachment.rb</c>: 3840 × 2160).</summary>
    public const int MaxSide = 2160;

    /// <summary>In pixels. With <see cref="DefaultHeight"/> the ratio 16:9, in which timelines show pictures
    /// whole.</summary>
    public const int DefaultWidth = 1200;

    /// <summary>In pixels.</summary>
    public const int DefaultHeight = 675;

    /// <exception cref="ArgumentOutOfRangeException">A side is outside <see cref="MinSide"/> to
    /// <see cref="MaxSide"/>.</exception>
    public CardStyle(int width = DefaultWidth, int height = DefaultHeight, bool isDark = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, MinSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, MinSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxSide);
        (Width, Height, IsDark) = (width, height, isDark);
    }

    /// <summary>In pixels; default <see cref="DefaultWidth"/>.</summary>
    public int Width { get; }

    /// <summary>In pixels; default <see cref="DefaultHeight"/>.</summary>
    public int Height { get; }

    /// <summary>Light text on a dark background.</summary>
    public bool IsDark { get; }
}
