[assembly: AssemblyFixture(typeof(Serge.Bot.Browser.Support.Chromium))]

namespace Serge.Bot.Browser.Support;

/// <summary>The Chromium that is installed on the machine, shared by all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The executable; <see langword="null"/> if none is installed.</summary>
    public static string? Path { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>The running browser. If none is installed, the test is skipped with a message.</summary>
    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(
                _browser is null,
                "THE PAGE IS NOT TESTED: there is no Chromium on this machine. On Debian: apt-get install chromium"
            );
            return _browser!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        SetDefaultExpectTimeout(300_000);
        if (Path is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Path,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
