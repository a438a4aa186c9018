using Serge.Bot.Playground.Editing;

namespace Serge.Bot.Playground.Api;

/// <summary>Edits the working copy of the quote files, and corrects published posts as <c>serge correct</c>
/// does.</summary>
internal sealed class EditingApi(PlaygroundContext playground)
{
    /// <summary>The longest request, in bytes. JSON escapes line feeds and quotation marks.</summary>
    public const int MaxRequestLength = 2 * WorkingCopy.MaxBytes;

    /// <summary><c>GET /api/quote-files/{name}</c>; <see langword="null"/> if there is no such file.</summary>
    public FileView? Find(string name)
    {
        var file = playground.QuoteFiles.Find(name);
        return file is null ? null : FileView.CreateWithText(file);
    }

    /// <summary>Saves a file. The worker reads it within two seconds, as it reads every edit.</summary>
    public Task<ApiResponse> SaveAsync(SaveRequest request, CancellationToken cancellationToken)
    {
        if (request is not { File: { } name, Text: { } text, Version: { } version })
        {
            return Task.FromResult(new ApiResponse(Problem: "Set file, text and version."));
        }

        return Task.FromResult(Change($"{name} saved.", () => playground.QuoteFiles.Save(name, text, version)));
    }

    /// <summary>Restores all files.</summary>
    public Task<ApiResponse> RestoreAsync(RestoreRequest request, CancellationToken cancellationToken)
    {
        if (request.Version is not { } version)
        {
            return Task.FromResult(new ApiResponse(Problem: "Set the version."));
        }

        return Task.FromResult(Change("Quote files restored.", () => playground.QuoteFiles.Restore(version)));
    }

    /// <summary>Edits the published posts of an item.</summary>
    public async Task<ApiResponse> CorrectAsync(CorrectRequest request, CancellationToken cancellationToken)
    {
        if (request.Item is not { } item)
        {
            return new ApiResponse(Problem: "Set the id of a quotation or event as item.");
        }

        try
        {
            if (playground.Worker.Services is not { } services)
            {
                return new ApiResponse(Problem: playground.NoBot);
            }

            return await CorrectAsync(item, services, cancellationToken);
        }
        catch (CommandException e)
        {
            return new ApiResponse(Problem: e.Message);
        }
        catch (Exception e) when (e is LedgerException or ObjectDisposedException or InvalidOperationException)
        {
            return new ApiResponse(Problem: "The bot was stopped meanwhile. Start it, and try again.");
        }
    }

    private async Task<ApiResponse> CorrectAsync(
        string item,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var catalogue = services.GetRequiredService<LiveCatalogue>().Unfiltered;
        var ledger = services.GetRequiredService<IOperatorLedger>();
        var posts = await ledger.GetByItemAsync(item, cancellationToken);
        ItemLookup.Require(item, catalogue, posts);
        var settings = services.GetRequiredService<BotSettings>();
        var guilds = services.GetRequiredService<IGuildStore>();
        var times = await PostTimes.ReadAsync(settings, guilds, cancellationToken);
        var changes = services.GetRequiredService<PostChanges>().Correct(posts, catalogue, times);
        if (changes.Count == 0)
        {
            return new ApiResponse("done", Details: [$"Every published post of {item} matches the files."]);
        }

        var editor = services.GetRequiredService<PublishedPostEditor>();
        return await CorrectAsync(changes, editor, cancellationToken);
    }

    private async Task<ApiResponse> CorrectAsync(
        IReadOnlyList<PostChange> changes,
        PublishedPostEditor editor,
        CancellationToken cancellationToken
    )
    {
        List<string> details = [];
        var isDone = true;
        foreach (var change in changes)
        {
            var result = await editor.ApplyAsync(change, cancellationToken);
            var platform = Destinations.GetPlatformName(change.Post.Destination);
            var text = $"{string.Join(", ", change.Post.Items)} on {platform}: {result.Message}";
            var level = result.IsDone ? EventLogLevel.Information : EventLogLevel.Warning;
            playground.EventLog.Write(EventLogSource.You, level, text);
            details.Add(text);
            isDone &= result.IsDone;
        }

        return isDone ? new ApiResponse("done", Details: details) : new ApiResponse(Problem: string.Join(' ', details));
    }

    private ApiResponse Change(string message, Func<SaveResult> change)
    {
        try
        {
            switch (change())
            {
                case SaveResult.Saved saved:
                    playground.EventLog.Write(EventLogSource.You, EventLogLevel.Information, message);
                    return new ApiResponse("done", Version: saved.Version);
                case SaveResult.Conflict conflict:
                    return new ApiResponse(ApiResponse.Conflict, conflict.Message);
                case SaveResult.Refused refused:
                    return new ApiResponse(Problem: refused.Message);
                default:
                    throw new InvalidOperationException("Unknown result of saving.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ApiResponse(Problem: $"The file cannot be written: {e.Message}");
        }
    }
}
