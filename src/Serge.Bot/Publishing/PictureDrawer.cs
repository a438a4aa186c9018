using Serge.Bot.Cards;

namespace Serge.Bot.Publishing;

/// <summary>Draws pictures as PNG files, each once. Fonts and the drawing library are loaded with the first
/// picture.</summary>
internal sealed partial class PictureDrawer : IDisposable
{
    /// <summary>The cards in memory: more than posts are sent at a time (64), so that none is drawn again for a retry
    /// that follows soon. About 10 MB.</summary>
    private const int Capacity = 100;

    private static readonly CardLook PostLook = new();

    private readonly CardSettings _settings;
    private readonly IReadOnlyList<string> _fontFolders;
    private readonly ILogger<PictureDrawer> _logger;
    private readonly Lazy<Task<Fonts>> _fonts;

    /// <param name="settings">The font.</param>
    /// <param name="fontFolders">Where to look for it.</param>
    /// <param name="logger">Says once if there is no font.</param>
    public PictureDrawer(CardSettings settings, FontFolders fontFolders, ILogger<PictureDrawer> logger)
    {
        _settings = settings;
        _fontFolders = fontFolders.Paths;
        _logger = logger;
        // Reading the fonts of a machine takes a while.
        _fonts = new Lazy<Task<Fonts>>(() => Task.Run(LoadFonts));
    }

    /// <summary>Draws a picture for a post.</summary>
    /// <exception cref="CardException">It cannot be drawn: there is no font, no font has a character, or the text is too
    /// long. The message says why, and what to do.</exception>
    public async Task<Picture> DrawAsync(PostPicture picture, CancellationToken cancellationToken)
    {
        var png = await DrawAsync(picture, PostLook, cancellationToken);
        return new Picture(png, PostLook.Width, PostLook.Height, picture.Description) { IsHidden = picture.IsHidden };
    }

    /// <summary>Draws a PNG file in any look.</summary>
    /// <inheritdoc cref="DrawAsync(PostPicture, CancellationToken)"/>
    public async Task<byte[]> DrawAsync(PostPicture picture, CardLook look, CancellationToken cancellationToken)
    {
        var fonts = await _fonts.Value.WaitAsync(cancellationToken);
        if (fonts.Cache is not { } cache)
        {
            throw new CardException(fonts.Problem, fonts.Fix);
        }

        return await cache.GetAsync(ToCard(picture), look, cancellationToken);
    }

    /// <summary>Checks whether a picture can be drawn, without drawing it.</summary>
    /// <returns>Why it cannot; <see langword="null"/> if it can.</returns>
    public async Task<CardException?> CheckAsync(PostPicture picture, CancellationToken cancellationToken)
    {
        var fonts = await _fonts.Value.WaitAsync(cancellationToken);
        if (fonts.Cache is not { } cache)
        {
            return new CardException(fonts.Problem, fonts.Fix);
        }

        try
        {
            await cache.CheckAsync(ToCard(picture), PostLook, cancellationToken);
            return null;
        }
        catch (CardException e)
        {
            return e;
        }
    }

    /// <summary>Whether this machine has a font for pictures.</summary>
    public async Task<bool> HasFontAsync(CancellationToken cancellationToken)
    {
        var fonts = await _fonts.Value.WaitAsync(cancellationToken);
        return fonts.Cache is not null;
    }

    public void Dispose()
    {
        if (_fonts is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            _fonts.Value.Result.Cache?.Dispose();
        }
    }

    private Fonts LoadFonts()
    {
        if (!_settings.IsEnabled)
        {
            return new Fonts(null, "Pictures are switched off.", "Remove Cards:Font = none.");
        }

        try
        {
            if (FontFinder.Find(_settings.Font, _fontFolders) is { } selection)
            {
                LogFont(selection.Family, selection.Regular);
                return new Fonts(new CardCache(selection, Capacity), "", "");
            }
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            var cause = e.GetBaseException().Message;
            return Fail($"The drawing library cannot be loaded: {cause}", "Install the program with its libraries.");
        }

        if (_settings.Font is null)
        {
            return Fail("No serif font is installed.", "Install one (Debian: fonts-ebgaramond), or set Cards:Font.");
        }

        var problem = $"Cards:Font = {_settings.Font} is neither a font file that can be read nor an installed family.";
        return Fail(problem, "Correct it, or remove it.");
    }

    private Fonts Fail(string problem, string fix)
    {
        LogOff(problem, fix);
        return new Fonts(null, problem, fix);
    }

    private static CardText ToCard(PostPicture picture) =>
        new(picture.Body, [.. picture.Credit.Select(ToCard)]) { Kicker = picture.Kicker, Title = picture.Title };

    private static CardLine ToCard(PictureLine line) =>
        new([.. line.Runs.Select(run => new CardRun(run.Text, run.IsItalic))]);

    [LoggerMessage(LogLevel.Information, "Pictures are drawn with {Family} ({File})")]
    private partial void LogFont(string family, string file);

    [LoggerMessage(LogLevel.Warning, "Pictures are off, and posts are text only. {Problem} {Fix}")]
    private partial void LogOff(string problem, string fix);

    /// <param name="Cache">Draws; <see langword="null"/> without a font.</param>
    /// <param name="Problem">Why there is none.</param>
    /// <param name="Fix">What to do.</param>
    private sealed record Fonts(CardCache? Cache, string Problem, string Fix);
}

/// <summary>The folders with fonts, with their subfolders.</summary>
internal sealed record FontFolders(IReadOnlyList<string> Paths)
{
    /// <summary>Those of the operating system and of this user.</summary>
    public static FontFolders System { get; } = new(FontFinder.SystemFolders());
}
