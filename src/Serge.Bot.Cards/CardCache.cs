using System.Globalization;
using System.Text;

namespace Serge.Bot.Cards;

/// <summary>Draws each card once, one at a time so that memory stays bounded, and keeps the last ones.</summary>
/// <param name="fonts">The fonts. They are opened with the first card.</param>
/// <param name="capacity">How many cards are kept; a card of the default size has about 100 kB.</param>
public sealed class CardCache(FontSelection fonts, int capacity = 64) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, byte[]> _cards = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();
    private CardPainter? _painter;

    private CardPainter Painter => _painter ??= new CardPainter(fonts);

    /// <summary>Gets a card as a PNG file.</summary>
    /// <exception cref="CardException">It cannot be drawn, see
    /// <see cref="CardPainter.Draw(CardText, CardStyle)"/>.</exception>
    public async Task<byte[]> GetAsync(CardText text, CardStyle style, CancellationToken cancellationToken)
    {
        var key = GetKey(text, style);
        return await TakeTurnAsync(() => FindOrDraw(key, text, style), cancellationToken);
    }

    /// <summary>Checks whether a card can be drawn, without drawing it.</summary>
    /// <exception cref="CardException">It cannot, see <see cref="CardPainter.Draw(CardText, CardStyle)"/>.</exception>
    public Task CheckAsync(CardText text, CardStyle style, CancellationToken cancellationToken) =>
        TakeTurnAsync(
            () =>
            {
                Painter.Check(text, style);
                return true;
            },
            cancellationToken
        );

    public void Dispose()
    {
        _painter?.Dispose();
        _turn.Dispose();
    }

    /// <summary>Runs one action at a time, not on the thread of the caller.</summary>
    private async Task<T> TakeTurnAsync<T>(Func<T> action, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(action, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private byte[] FindOrDraw(string key, CardText text, CardStyle style)
    {
        if (!_cards.TryGetValue(key, out var card))
        {
            card = Painter.Draw(text, style);
            Keep(key, card);
        }

        return card;
    }

    private void Keep(string key, byte[] card)
    {
        if (_oldest.Count == capacity)
        {
            _cards.Remove(_oldest.Dequeue());
        }

        _oldest.Enqueue(key);
        _cards.Add(key, card);
    }

    private static string GetKey(CardText text, CardStyle style)
    {
        const char Separator = '\0';
        StringBuilder key = new();
        key.Append(CultureInfo.InvariantCulture, $"{style.Width}x{style.Height}{style.IsDark}");
        Add(text.Kicker);
        Add(text.Title);
        Add(text.Body);
        foreach (var line in text.Credit)
        {
            foreach (var run in line.Runs)
            {
                Add($"{run.IsItalic}{run.Text}");
            }

            Add("\n");
        }

        return key.ToString();

        void Add(string? part)
        {
            key.Append(Separator);
            key.Append(part);
        }
    }
}
