using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serge.Bot.EndToEnd;

/// <summary>The buttons under scheduled posts, over real connections.</summary>
public sealed class PostButtonTests
{
    private readonly ManualClock _clock = new(Stage.At("2027-02-01 06:00"));

    [Fact]
    public async Task Buttons_UnderAScheduledPost_AnswerTheMemberAlone_AlsoAfterARestartACorrectionAndARetraction()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("daily", "quote", $"discord:{stage.Channel.Id}");
        using var watch = stage.World.Watch();
        await using (var first = await stage.StartWorkerAsync(TimeProvider.System, schedule))
        {
            await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count == 1);
            await stage.WaitUntilSettledAsync(1);
        }

        var id = Assert.Single(Assert.Single(await stage.PostsAsync()).Items);
        var file = Path.Combine(stage.Home, "quotes", "quotes.yaml");
        var text = await File.ReadAllTextAsync(file, stage.CancellationToken);
        // The text of an entry is in quotation marks, or folded on the following lines.
        var start = $"(- id: {Regex.Escape(id)}\n  text: (\"|>-\n    ))";
        var corrected = Regex.Replace(text, start, "$1Corrected: ", RegexOptions.None, TimeSpan.FromMinutes(1));
        await File.WriteAllTextAsync(file, corrected, stage.CancellationToken);
        await stage.RunCommandAsync($"correct {id} --yes", stage.Settings());
        var post = Assert.Single(stage.Discord.GetMessages(stage.Channel));
        Assert.Contains("Corrected: ", post.Content, StringComparison.Ordinal);
        Assert.Equal(["Source", "Another one"], Labels(post));

        await using (var second = await stage.StartWorkerAsync(TimeProvider.System, schedule))
        {
            var source = await PressAsync(stage, post, 0);
            Assert.True(source.IsEphemeral);
            Assert.Contains("Corrected: ", source.Content, StringComparison.Ordinal);
            var another = await PressAsync(stage, post, 1);
            Assert.True(another.IsEphemeral);
            Assert.DoesNotContain(id, another.Content, StringComparison.Ordinal);
            Assert.Equal(["Another one", "Source"], Labels(another));
        }

        // The quotation is withdrawn while its post is still visible.
        await using (var database = await stage.OpenDatabaseAsync())
        {
            await new OperatorLedger(database).WithdrawAsync(
                id,
                TimeProvider.System.GetUtcNow(),
                stage.CancellationToken
            );
        }

        await using var third = await stage.StartWorkerAsync(TimeProvider.System, schedule);
        var gone = await PressAsync(stage, post, 0);
        Assert.StartsWith("This is no longer in the collection", gone.Content, StringComparison.Ordinal);
        Assert.Contains("— Victor Serge", (await PressAsync(stage, post, 1)).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buttons_AreLeftOut_WhereTheOperatorOrAnAdminTurnsThemOff()
    {
        await using var stage = await Stage.OpenAsync();
        var schedule = await stage.OverdueScheduleAsync("daily", "quote", $"discord:{stage.Channel.Id}");
        await using var worker = await stage.StartWorkerAsync(
            _clock,
            [.. schedule, ("Schedules:daily:Buttons", "false"), ("Schedules:daily:Cron", "0 8 * * *")]
        );
        using var watch = stage.World.Watch();
        await stage.Discord.InvokeAsync(
            stage.Member,
            stage.Channel,
            "/schedule set time:09:00 zone:Brussels buttons:False",
            stage.CancellationToken
        );

        _clock.MoveTo(Stage.At("2027-02-01 08:00"));
        await stage.WaitUntilAsync(watch, () => stage.ChannelPosts.Count == 2);

        Assert.All(
            stage.Discord.GetMessages(stage.Channel).Where(message => message.Origin is null),
            message => Assert.Empty(Labels(message))
        );
    }

    private static async Task<ChannelMessage> PressAsync(Stage stage, ChannelMessage message, int button)
    {
        var customId = Buttons(message)[button].GetProperty("custom_id").GetString()!;
        var pressed = await stage.Discord.PressButtonAsync(stage.Member, message, customId, stage.CancellationToken);
        return Assert.IsType<InteractionResult.Answered>(pressed).Message;
    }

    private static IEnumerable<string> Labels(ChannelMessage message) =>
        Buttons(message).Select(button => button.GetProperty("label").GetString()!);

    private static JsonElement[] Buttons(ChannelMessage message) =>
        [.. message.Components.EnumerateArray().SelectMany(row => row.GetProperty("components").EnumerateArray())];
}
