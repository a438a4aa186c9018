using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Serge.Bot.Delivery;

namespace Serge.Bot.Operators;

/// <summary><c>serge deliveries</c>: what was posted, and what was not, newest first.</summary>
internal static class DeliveriesVerb
{
    /// <summary>So many letters of a key are shown; among a million posts no two begin alike.</summary>
    private const int ShownOfKey = 8;

    public static Command Create(VerbContext context)
    {
        var failed = new Option<bool>("--failed") { Description = "Only what needs a person: refused, missed, perhaps there and perhaps not, called off by a cap." };
        var limit = new Option<int>("--limit") { Description = "How many posts, 1 to 10000.", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--limit takes 1 to 10000.");
            }
        });
        var json = new Option<bool>("--json") { Description = "As JSON, with the exact text of each post." };
        var command = new Command("deliveries", "List what was posted and what was not, newest first: when, by which schedule, where to, and how it ended.") { failed, limit, json };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var host = await WorkerHost.BuildAsync(context.HomeOf(result), overrides: null, context.Clocks, new SystemChance(), logging: null, cancellationToken);
            var now = context.Clocks.Calendar.GetUtcNow();
            var posts = result.GetValue(failed)
                ? await host.Services.GetRequiredService<IOperatorLedger>().FailedAsync(now, result.GetValue(limit), cancellationToken)
                : await host.Services.GetRequiredService<ILedger>().RecentAsync(result.GetValue(limit), cancellationToken);
            var times = await PostTimes.ReadAsync(host.Services, cancellationToken);
            await context.Output.WriteLineAsync(result.GetValue(json) ? Json(posts, times)
                : posts.Count > 0 ? Table(posts, times, now)
                : result.GetValue(failed) ? "Nothing has failed." : "Nothing was posted yet.");
            return 0;
        });
        return command;
    }

    /// <summary>The beginning of a post's key, which is enough to name it.</summary>
    public static string ShortKey(Post post) => post.Key.Length > ShownOfKey ? post.Key[..ShownOfKey] : post.Key;

    private static string Table(IReadOnlyList<Post> posts, PostTimes times, DateTimeOffset now)
    {
        string[][] rows =
        [
            ["id", "when", "schedule", "to", "state", ""],
            .. posts.Select(post => new[] { ShortKey(post), times.Of(post), post.Schedule, post.Destination.ToString(), State(post, now), Remark(post) }),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    private static string State(Post post, DateTimeOffset now) => post.State switch
    {
        PostState.Planned => "planned",
        PostState.Sending => "being sent",
        PostState.Sent => "sent",
        PostState.Refused => "refused",
        PostState.Unknown => Transitions.IsStuck(post, now) ? "perhaps there" : "being looked for",
        PostState.Missed => "missed",
        PostState.Cancelled => "called off",
        _ => "taken back",
    };

    private static string Remark(Post post)
    {
        string?[] parts = [post.Url?.AbsoluteUri ?? (post.RemoteId is { } id ? $"id {id}" : null), post.Reason?.ReplaceLineEndings(" "), post.RetryOf is { } old ? $"In place of {old[..ShownOfKey]}." : null];
        return string.Join("  ", parts.OfType<string>());
    }

    private static string Json(IReadOnlyList<Post> posts, PostTimes times) => JsonSerializer.Serialize(
        [.. posts.Select(post => new Delivery(post.Key, times.Local(post, post.Occurrence), post.Schedule, post.Destination.ToString(), PostRows.Name(post.State),
            post.Reason, post.RemoteId, post.Url, post.RetryOf, post.Items, post.Payload?.Warning, post.Payload?.Text))],
        DeliveryJson.Default.IReadOnlyListDelivery);
}

/// <summary>A post for other programs.</summary>
/// <param name="Id">Its key.</param>
/// <param name="When">When it fell due, in its schedule's zone, or in UTC where the schedule is gone.</param>
/// <param name="Schedule">By which schedule.</param>
/// <param name="Destination">Where to.</param>
/// <param name="State">As in <c>docs/delivery.md</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="RemoteId">The platform's id.</param>
/// <param name="Url">Where to see it.</param>
/// <param name="RetryOf">The id of the failed post that it was sent in place of.</param>
/// <param name="Items">The ids of the quotation or events.</param>
/// <param name="Warning">Its content warning.</param>
/// <param name="Text">What it says.</param>
internal sealed record Delivery(
    string Id, DateTimeOffset When, string Schedule, string Destination, string State, string? Reason, string? RemoteId, Uri? Url, string? RetryOf,
    IReadOnlyList<string> Items, string? Warning, string? Text);

/// <summary>How deliveries are printed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<Delivery>))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
