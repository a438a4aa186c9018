using SkiaSharp;

namespace Serge.Bot.Cards;

/// <summary>Selects the sizes of the texts of a card, and places them.</summary>
internal sealed record CardLayout(IReadOnlyList<TextBlock> Blocks, SKRect Rule)
{
    // All lengths are in pixels of a card of 1200 × 675, and scaled with the square root of the area.
    private const float SideMargin = 100;
    private const float TopMargin = 72;
    private const float MaxBody = 92;
    private const float MaxBodyBelowTitle = 58;
    private const float MinBody = 24;
    private const float Step = 1;
    private const float Gap = 30;
    private const float RuleWidth = 64;
    private const float RuleHeight = 3;

    /// <summary>In em. A line longer than about 75 characters is hard to read.</summary>
    private const float MaxMeasure = 33;

    /// <exception cref="CardException">No font has a character, a letter is written from right to left, or the text
    /// does not fit in a size that can be read.</exception>
    public static CardLayout Create(CardText text, CardStyle style, TextShaper shaper)
    {
        const float StandardArea = 1200 * 675;
        var scale = MathF.Sqrt(style.Width * style.Height / StandardArea);
        var width = style.Width - (2 * SideMargin * scale);
        var height = style.Height - (2 * TopMargin * scale);
        var parts = Shape(text, shaper);
        var largest = text.Title is null ? MaxBody : MaxBodyBelowTitle;
        for (var size = largest; size >= MinBody; size -= Step)
        {
            if (GetHeight(parts, size, scale, width) is { } needed && needed <= height)
            {
                return Place(parts, size, scale, style);
            }
        }

        var card = $"{style.Width} × {style.Height} pixels";
        throw new CardException(
            $"The text of {text.Body.Length} characters does not fit on a card of {card}.",
            "Use a larger size."
        );
    }

    private static List<Part> Shape(CardText text, TextShaper shaper)
    {
        List<Part> parts = [];
        if (text.Kicker is not null)
        {
            Add(TextRole.Kicker, [new CardRun(text.Kicker, IsItalic: true)]);
        }

        if (text.Title is not null)
        {
            Add(TextRole.Title, [new CardRun(text.Title)]);
        }

        Add(TextRole.Body, [new CardRun(text.Body)]);
        foreach (var line in text.Credit)
        {
            Add(TextRole.Credit, line.Runs);
        }

        return parts;

        void Add(TextRole role, IReadOnlyList<CardRun> runs)
        {
            var words = shaper.Shape(runs);
            if (words.Count > 0)
            {
                LineBreaker breaker = new(words);
                parts.Add(new Part(role, breaker));
            }
        }
    }

    private static float GetSize(TextRole role, float bodySize) =>
        role switch
        {
            TextRole.Kicker => 34,
            TextRole.Title => 68,
            TextRole.Body => bodySize,
            _ => Math.Clamp(bodySize * 0.56f, 24, 34),
        };

    /// <summary>The height of a line in em. Large text needs less space between lines.</summary>
    private static float GetLeading(TextRole role, float bodySize)
    {
        const float Small = 1.36f;
        const float Large = 1.16f;
        if (role != TextRole.Body)
        {
            return 1.3f;
        }

        var share = (bodySize - MinBody) / (MaxBody - MinBody);
        return Small + ((Large - Small) * share);
    }

    /// <summary>The space below a part, in pixels of the standard card.</summary>
    private static float GetGap(TextRole role) =>
        role switch
        {
            TextRole.Title => Gap * 0.8f,
            TextRole.Body => (2 * Gap) + RuleHeight,
            _ => 0,
        };

    private static float GetMeasure(float width, float size) => MathF.Min(width / size, MaxMeasure);

    /// <returns><see langword="null"/> if a word is wider than the card.</returns>
    private static float? GetHeight(List<Part> parts, float bodySize, float scale, float width)
    {
        var height = 0f;
        foreach (var (role, breaker) in parts)
        {
            var size = GetSize(role, bodySize) * scale;
            if (breaker.CountLines(GetMeasure(width, size)) is not { } lines)
            {
                return null;
            }

            var gap = GetGap(role) * scale;
            height += (lines * size * GetLeading(role, bodySize)) + gap;
        }

        return height;
    }

    /// <summary>Places the parts from the top, with the rule below the body. The whole is a little above the middle,
    /// where it looks centred.</summary>
    private static CardLayout Place(List<Part> parts, float bodySize, float scale, CardStyle style)
    {
        var left = SideMargin * scale;
        var width = style.Width - (2 * left);
        var height = GetHeight(parts, bodySize, scale, width)!.Value;
        var y = (style.Height - height) * 0.47f;
        List<TextBlock> blocks = [];
        var rule = SKRect.Empty;
        foreach (var (role, breaker) in parts)
        {
            var size = GetSize(role, bodySize) * scale;
            var lines = breaker.Break(GetMeasure(width, size));
            var lineHeight = size * GetLeading(role, bodySize);
            TextBlock block = new(role, lines, size, lineHeight) { Left = left, Top = y };
            blocks.Add(block);
            y += block.Height;
            if (role == TextRole.Body)
            {
                rule = CreateRule(left, y, scale);
            }

            y += GetGap(role) * scale;
        }

        return new CardLayout(blocks, rule);
    }

    private static SKRect CreateRule(float left, float bodyEnd, float scale)
    {
        var top = MathF.Round(bodyEnd + (Gap * scale));
        var width = RuleWidth * scale;
        var height = MathF.Max(1, RuleHeight * scale);
        return SKRect.Create(left, top, width, height);
    }

    private sealed record Part(TextRole Role, LineBreaker Breaker);
}
