using System.Collections.Concurrent;
using System.Text.Json;

namespace Serge.Bot.Browser.Support;

/// <summary>A browser window with the page of a new playground.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly PlaygroundProcess _playground;
    private readonly IBrowserContext _context;

    private Visit(PlaygroundProcess playground, IBrowserContext context, IPage page)
    {
        (_playground, _context, Page) = (playground, context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(new Uri(request.Url));
    }

    public IPage Page { get; }

    /// <summary>The address of the page.</summary>
    public Uri Address => _playground.Address;

    /// <summary>Errors and warnings of the page.</summary>
    public ConcurrentBag<string> Complaints { get; } = [];

    /// <summary>All requests of the page.</summary>
    public ConcurrentBag<Uri> Requests { get; } = [];

    public ILocator Line => Page.GetByLabel("Message to the channel");

    public ILocator Messages => Page.GetByLabel("Messages in the channel");

    public ILocator Statuses => Page.GetByLabel("Posts in the timeline");

    public ILocator Log => Page.GetByLabel("Log, newest last");

    public ILocator Ledger => Page.GetByRole(AriaRole.Table);

    /// <summary>The state of the bot, at the head of the page.</summary>
    public ILocator Health => Page.GetByLabel("State of the bot");

    public ILocator Plan => Page.Locator("#plan");

    /// <summary>The posts in the channel that the bot sent on schedule.</summary>
    public ILocator ChannelPosts => Messages.Locator(".message:not(:has(.used)):has(.avatar.bot)");

    /// <summary>The settings that the playground prints to connect another bot.</summary>
    public IReadOnlyDictionary<string, string> Connection => _playground.Connection;

    /// <summary>Opens the page and waits until the bot is connected.</summary>
    public static async Task<Visit> OpenAsync(
        Chromium chromium,
        int width = 1280,
        int height = 800,
        ColorScheme colors = ColorScheme.Light,
        ReducedMotion? motion = null
    )
    {
        var visit = await StartAsync(chromium, width, height, colors, motion, "--empty");
        await visit.Page.GotoAsync(visit.Address.ToString());
        await Expect(visit.Page.GetByText("Connected to Discord", new PageGetByTextOptions { Exact = true }))
            .ToBeVisibleAsync();
        await Expect(visit.Log).ToContainTextAsync("Slash commands");
        return visit;
    }

    /// <summary>Starts a playground and a browser window, without opening a page.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="width">The width of the window, in CSS pixels.</param>
    /// <param name="height">The height of the window, in CSS pixels.</param>
    /// <param name="colors">Light or dark.</param>
    /// <param name="motion">Whether reduced motion is preferred.</param>
    /// <param name="options">The playground's options.</param>
    public static async Task<Visit> StartAsync(
        Chromium chromium,
        int width = 1280,
        int height = 800,
        ColorScheme colors = ColorScheme.Light,
        ReducedMotion? motion = null,
        params string[] options
    )
    {
        var browser = chromium.Browser;
        var playground = await PlaygroundProcess.StartAsync(options);
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = height },
                ColorScheme = colors,
                ReducedMotion = motion,
                Locale = "en-GB",
            }
        );
        return new Visit(playground, context, await context.NewPageAsync());
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name });

    /// <summary>Types a line and sends it.</summary>
    public async Task SendMessageAsync(string line)
    {
        await Line.FillAsync(line);
        await Line.PressAsync("Enter");
    }

    /// <summary>Sets the date to a day of next year.</summary>
    public async Task GoToAsync(int month, int day)
    {
        var year = TimeProvider.System.GetUtcNow().Year + 1;
        await Page.GetByLabel("Date", new PageGetByLabelOptions { Exact = true })
            .FillAsync(FormattableString.Invariant($"{year}-{month:00}-{day:00}"));
        await Button("Go").ClickAsync();
    }

    /// <summary>Sends a request directly, without the page.</summary>
    public async Task PostInAnotherTabAsync(string path, object body)
    {
        var address = new Uri(Address, path).ToString();
        var answer = await Page.APIRequest.PostAsync(address, new() { DataObject = body });
        Assert.True(answer.Ok);
    }

    /// <summary>Opens another page of the playground.</summary>
    public Task OpenAsync(string path) => Page.GotoAsync(new Uri(Address, path).ToString());

    /// <summary>The faults that a script of this folder finds on the page.</summary>
    public async Task<string[]> FaultsAsync(string script)
    {
        await using var stream = typeof(Visit).Assembly.GetManifestResourceStream(script)!;
        using StreamReader reader = new(stream);
        var faults = await Page.EvaluateAsync<JsonElement>(
            await reader.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
        return [.. faults.EnumerateArray().Select(fault => fault.GetString()!)];
    }

    /// <summary>Kills the playground; the page stays open.</summary>
    public Task KillPlaygroundAsync() => _playground.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _playground.DisposeAsync();
    }
}
