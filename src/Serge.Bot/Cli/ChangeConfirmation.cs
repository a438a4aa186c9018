using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Cli;

/// <summary>Shows what is to become of posts, asks, and does it: what <c>correct</c> and <c>retract</c> have in common.</summary>
internal static class ChangeConfirmation
{
    /// <summary>Shows every change: old text, new text, link.</summary>
    public static async Task ShowAsync(IReadOnlyList<PostChange> changes, PostTimes times, TextWriter output)
    {
        foreach (var change in changes)
        {
            await output.WriteLineAsync(Heading(change.Post, times));
            await output.WriteLineAsync(
                change switch
                {
                    PostChange.Edit edit => $"{Marked('-', edit.Post.Payload!)}\n{Marked('+', edit.Payload)}\n",
                    PostChange.Delete { Post: { State: PostState.Planned } post } =>
                        $"{Marked('-', post.Payload)}\n  It is not out yet, and is called off.\n",
                    PostChange.Delete(var post) => $"{Marked('-', post.Payload)}\n  It is deleted there.\n",
                    PostChange.Impossible(_, var why) => $"  {why}\n",
                    _ => throw new InvalidOperationException($"Nothing is known about {change}."),
                }
            );
        }
    }

    /// <summary>Whether to go on: <c>--yes</c>, or a person at a terminal who says so.</summary>
    public static async Task<bool> IsWantedAsync(bool yes, CommandContext context)
    {
        if (yes)
        {
            return true;
        }

        if (context.Input is not { } person)
        {
            await context.Output.WriteLineAsync("Nothing was done. Say --yes to do it.");
            return false;
        }

        await context.Output.WriteAsync("Do it? Type yes: ");
        await context.Output.FlushAsync();
        if ((await person.ReadLineAsync())?.Trim().ToUpperInvariant() is "YES" or "Y")
        {
            return true;
        }

        await context.Output.WriteLineAsync("Nothing was done.");
        return false;
    }

    /// <summary>Does it post by post, and goes on after failures.</summary>
    /// <returns>Whether all of it is done.</returns>
    public static async Task<bool> DoAsync(
        IReadOnlyList<PostChange> changes,
        IServiceProvider services,
        PostTimes times,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var changer = new PublishedPostEditor(
            services.GetRequiredService<ILedger>(),
            services.GetRequiredService<Publisher>(),
            context.Clocks
        );
        var failures = 0;
        foreach (var change in changes)
        {
            var (done, says) = await changer.ApplyAsync(change, cancellationToken);
            failures += done ? 0 : 1;
            await context.Output.WriteLineAsync($"{Heading(change.Post, times)}: {says}");
        }

        await context.Output.WriteLineAsync(
            changes.Count == 0 ? "No copy is out."
            : failures == 0 ? $"All {changes.Count} done."
            : $"{changes.Count - failures} done, {failures} not. What is done is written down; the same command takes up the rest."
        );
        return failures == 0;
    }

    private static string Heading(Post post, PostTimes times) =>
        $"{DeliveriesCommand.ShortKey(post)}  {times.Of(post)}  {post.Schedule} → {post.Destination}{(post.Url is { } url ? $"  {url}" : "")}";

    private static string Marked(char mark, Payload? payload)
    {
        var text =
            payload is null ? ""
            : payload.Warning is { Length: > 0 } warning ? $"[{warning}]\n{payload.Text}"
            : payload.Text;
        return $"  {mark} {text.Replace("\n", $"\n  {mark} ", StringComparison.Ordinal)}";
    }
}
