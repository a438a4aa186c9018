using Serge.Bot.Playground.Editing;
using Serge.Bot.Playground.Worker;

namespace Serge.Bot.Playground.Api;

/// <summary>The quote files that the page edits, and what the bot does with them.</summary>
/// <param name="Version">The highest version of a file.</param>
/// <param name="Files">The files.</param>
/// <param name="Problems">The errors and warnings of the files as they are saved.</param>
/// <param name="Use">What the bot does with the files.</param>
/// <param name="Outdated">The published posts whose text differs from what the bot has read.</param>
internal sealed record EditingView(
    long Version,
    IReadOnlyList<FileView> Files,
    IReadOnlyList<ProblemView> Problems,
    FileUse Use,
    IReadOnlyList<OutdatedView> Outdated
)
{
    public static async Task<EditingView> CreateAsync(
        PlaygroundContext playground,
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    )
    {
        var files = playground.QuoteFiles.GetFiles();
        var problems = playground.QuoteFiles.Problems;
        return new EditingView(
            files.Max(file => file.Version),
            [.. files.Select(FileView.Create)],
            [.. problems.Select(ProblemView.Create)],
            GetUse(playground.Worker.FindCatalogue()),
            await OutdatedView.FindAsync(playground.Worker, posts, cancellationToken)
        );
    }

    private static FileUse GetUse(LiveCatalogue? catalogue)
    {
        if (catalogue is null)
        {
            return FileUse.Stopped;
        }

        if (catalogue.Fingerprint != catalogue.GetFingerprint())
        {
            return FileUse.Unread;
        }

        return catalogue.State.RefusedSince is null ? FileUse.Served : FileUse.Refused;
    }
}

/// <summary>What the bot does with the files as they are saved.</summary>
internal enum FileUse
{
    /// <summary>It serves them.</summary>
    Served,

    /// <summary>It has not read them yet, and serves the last valid version.</summary>
    Unread,

    /// <summary>It has read them, and serves the last valid version because they have errors.</summary>
    Refused,

    /// <summary>No bot is running.</summary>
    Stopped,
}

/// <summary>A quote file.</summary>
/// <param name="Name">The name.</param>
/// <param name="Version">The version to send when it is saved.</param>
/// <param name="Changed">Whether it differs from the original.</param>
/// <param name="Text">The text; missing in the state.</param>
internal sealed record FileView(string Name, long Version, bool Changed, string? Text = null)
{
    public static FileView Create(EditedFile file) => new(file.Name, file.Version, file.IsChanged);

    public static FileView CreateWithText(EditedFile file) => Create(file) with { Text = file.Text };
}

/// <summary>An error or a warning, as <c>serge check</c> reports it.</summary>
internal sealed record ProblemView(
    string File,
    int Line,
    int Column,
    ProblemSeverity Severity,
    string Message,
    string Fix
)
{
    public static ProblemView Create(Problem problem)
    {
        var (at, severity, message, fix) = problem;
        return new ProblemView(Path.GetFileName(at.File), at.Line, at.Column, severity, message, fix);
    }
}

/// <summary>The published posts of one item, or of the items of one day, that <c>serge correct</c> would
/// edit.</summary>
/// <param name="Items">Ids of quotations and events.</param>
/// <param name="Posts">The number of posts.</param>
internal sealed record OutdatedView(IReadOnlyList<string> Items, int Posts)
{
    public static async Task<IReadOnlyList<OutdatedView>> FindAsync(
        WorkerSupervisor worker,
        IReadOnlyList<Post> posts,
        CancellationToken cancellationToken
    )
    {
        var published = posts.Where(post => post is { State: PostState.Sent, Items.Count: > 0 });
        var outdated = await FindOutdatedAsync(worker, published, cancellationToken);
        return
        [
            .. outdated
                .GroupBy(post => string.Join(' ', post.Items), StringComparer.Ordinal)
                .Select(group => new OutdatedView(group.First().Items, group.Count())),
        ];
    }

    private static async Task<IEnumerable<Post>> FindOutdatedAsync(
        WorkerSupervisor worker,
        IEnumerable<Post> posts,
        CancellationToken cancellationToken
    )
    {
        if (worker.Services is not { } services)
        {
            return [];
        }

        try
        {
            var catalogue = services.GetRequiredService<LiveCatalogue>().Unfiltered;
            var settings = services.GetRequiredService<BotSettings>();
            var guilds = services.GetRequiredService<IGuildStore>();
            var times = await PostTimes.ReadAsync(settings, guilds, cancellationToken);
            var changes = services.GetRequiredService<PostChanges>().Correct(posts, catalogue, times);
            return changes.Select(change => change.Post);
        }
        catch (Exception e) when (e is InvalidOperationException or LedgerException)
        {
            // The worker was killed meanwhile.
            return [];
        }
    }
}
