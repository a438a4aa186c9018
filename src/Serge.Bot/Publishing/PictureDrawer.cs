using Serge.Bot.Cards;

namespace Serge.Bot.Publishing;

/// <summary>Draws pictures as PNG files, each once. Fonts and the drawing library are loaded with the first
/// picture.</summary>
internal sealed partial class PictureDrawer : IDisposable
{
    /// <summary>The cards in memory: more than posts are sent at a time (64), so that none is drawn again for a retry
    /// that follows soon. About 10 MB.</summary>
    private const int Capacity = 100;

    private const int MaxCauseLength = 300;

    private static readonly CardStyle PostStyle = new();

    private readonly Lock _lock = new();
    private readonly CardSettings _settings;
    private readonly IReadOnlyList<string> _fontFolders;
    private readonly ILogger<PictureDrawer> _logger;
    private Task<Fonts>? _fonts;

    /// <param name="settings">The font.</param>
    /// <param name="fontFolders">Where to look for it.</param>
    /// <param name="logger">Says once if there is no font, and each time if drawing fails unexpectedly.</param>
    public PictureDrawer(CardSettings settings, FontFolders fontFolders, ILogger<PictureDrawer> logger)
    {
        _settings = settings;
        _fontFolders = fontFolders.Paths;
        _logger = logger;
    }

    /// <summary>Draws a picture for a post.</summary>
    /// <returns>The picture, or why it cannot be drawn, and what to do.</returns>
    /// <exception cref="OperationCanceledException">Drawing was cancelled.</exception>
    public async Task<(Picture? Picture, CardException? Problem)> TryDrawAsync(
        PostPicture picture,
        CancellationToken cancellationToken
    )
    {
        var (png, problem) = await TryAsync(
            cache => cache.GetAsync(ToCard(picture), PostStyle, cancellationToken),
            cancellationToken
        );
        if (png is null)
        {
            return (null, problem);
        }

        Picture drawn = new(png, PostStyle.Width, PostStyle.Height, picture.Description)
        {
            IsHidden = picture.IsHidden,
        };
        return (drawn, null);
    }

    /// <summary>Draws a PNG file in any style.</summary>
    /// <exception cref="CardException">It cannot be drawn. The message says why, and what to do.</exception>
    /// <exception cref="OperationCanceledException">Drawing was cancelled.</exception>
    public async Task<byte[]> DrawAsync(PostPicture picture, CardStyle style, CancellationToken cancellationToken)
    {
        var (png, problem) = await TryAsync(
            cache => cache.GetAsync(ToCard(picture), style, cancellationToken),
            cancellationToken
        );
        return png ?? throw problem!;
    }

    /// <summary>Checks whether a picture can be drawn, without drawing it.</summary>
    /// <returns>Why it cannot; <see langword="null"/> if it can.</returns>
    public async Task<CardException?> CheckAsync(PostPicture picture, CancellationToken cancellationToken)
    {
        var (_, problem) = await TryAsync(
            async cache =>
            {
                await cache.CheckAsync(ToCard(picture), PostStyle, cancellationToken);
                return cache;
            },
            cancellationToken
        );
        return problem;
    }

    /// <summary>Whether this machine has a font for pictures.</summary>
    public async Task<bool> HasFontAsync(CancellationToken cancellationToken)
    {
        var (_, problem) = await TryAsync(Task.FromResult, cancellationToken);
        return problem is null;
    }

    public void Dispose()
    {
        if (_fonts is { IsCompletedSuccessfully: true } fonts)
        {
            fonts.Result.Cache?.Dispose();
        }
    }

    /// <summary>Uses the fonts. Whatever fails, but for a requested cancellation, is a reason not to have a picture: a
    /// post does not depend on one.</summary>
    private async Task<(T? Result, CardException? Problem)> TryAsync<T>(
        Func<CardCache, Task<T>> use,
        CancellationToken cancellationToken
    )
        where T : class
    {
        try
        {
            var fonts = await GetFontsAsync().WaitAsync(cancellationToken);
            if (fonts.Cache is { } cache)
            {
                return (await use(cache), null);
            }

            return (null, new CardException(fonts.Problem, fonts.Fix));
        }
        catch (CardException e)
        {
            return (null, e);
        }
        catch (Exception e) when (!e.IsCancellationBy(cancellationToken))
        {
            var problem = Explain(e);
            LogFailed(e, problem.Message);
            return (null, problem);
        }
    }

    private static CardException Explain(Exception e)
    {
        var isLibrary = e is DllNotFoundException or TypeInitializationException;
        var cause = SingleLine.Create(isLibrary ? e.GetBaseException().Message : e.Message, MaxCauseLength);
        cause = SingleLine.EndSentence(cause);
        if (isLibrary)
        {
            return new CardException(
                $"The drawing library cannot be loaded: {cause}",
                "Install the program with its libraries."
            );
        }

        return new CardException(
            $"Drawing failed unexpectedly: {e.GetType().Name}: {cause}",
            "Check the fonts, or set Cards:Font."
        );
    }

    /// <summary>Loads the fonts with the first picture, and again after a failure.</summary>
    private Task<Fonts> GetFontsAsync()
    {
        lock (_lock)
        {
            if (_fonts is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // Reading the fonts of a machine takes a while.
                _fonts = Task.Run(LoadFonts);
            }

            return _fonts;
        }
    }

    private Fonts LoadFonts()
    {
        if (!_settings.IsEnabled)
        {
            return new Fonts(null, "Pictures are switched off.", "Remove Cards:Font = none.");
        }

        if (FontFinder.Find(_settings.Font, _fontFolders) is { } selection)
        {
            LogFont(selection.Family, selection.Regular);
            return new Fonts(new CardCache(selection, Capacity), "", "");
        }

        if (_settings.Font is null)
        {
            return Fail("No serif font is installed.", "Install one (Debian: fonts-ebgaramond), or set Cards:Font.");
        }

        var font = PossibleSecret.Hide(_settings.Font, home: "");
        var problem = $"Cards:Font = {font} is neither a font file that can be read nor an installed family.";
        return Fail(problem, "Correct it, or remove it.");
    }

    private Fonts Fail(string problem, string fix)
    {
        LogOff(problem, fix);
        return new Fonts(null, problem, fix);
    }

    private static CardText ToCard(PostPicture picture) =>
        new(picture.Body, [.. picture.Credit.Select(ToCard)]) { Kicker = picture.Kicker, Title = picture.Title };

    private static CardLine ToCard(PictureLine line)
    {
        var runs = line.Runs.Select(run => new CardRun(run.Text, run.IsItalic));
        return new([.. runs]);
    }

    [LoggerMessage(LogLevel.Information, "Pictures are drawn with {Family} ({File})")]
    private partial void LogFont(string family, string file);

    [LoggerMessage(LogLevel.Warning, "Pictures are off, and posts are text only. {Problem} {Fix}")]
    private partial void LogOff(string problem, string fix);

    [LoggerMessage(LogLevel.Warning, "No picture was drawn: {Problem}")]
    private partial void LogFailed(Exception e, string problem);

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
