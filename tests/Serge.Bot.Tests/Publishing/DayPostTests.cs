namespace Serge.Bot.Tests.Publishing;

/// <summary>What a day's post contains, how it is counted, and how the plan shows it.</summary>
public sealed class DayPostTests : IDisposable
{
    private const string DayWithQuotation = """
        - id: told
          date: 1933-02-01
          text: The testament was dated.
          kind: life
          sources: [cunningham]
          status: sure
          quote: within-us
        - id: elsewhere
          date: 1919-02-01
          text: Something happened elsewhere.
          kind: context
          sources: [cunningham]
          status: sure
        - id: hidden
          date: 1920-02-01
          text: Something that only commands show.
          kind: context
          sources: [cunningham]
          status: sure
          post: false

        """;

    private readonly CommandHome _home = new("2027-01-31 12:00");

    public DayPostTests() => _home.Write("events.yaml", DayWithQuotation);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Plan_OfADayWithAQuotation_HasBothAndCountsTheQuotationAsUsed()
    {
        _home.Settings(Schedules("on-this-day-or-quote"));

        var plan = (await _home.JsonAsync("plan", "--days", "4")).EnumerateArray().ToArray();

        Assert.Equal(["told", "elsewhere", "within-us"], Items(plan[0]));
        Assert.Contains(
            "“Totalitarianism is within us.”",
            plan[0].GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("only commands", plan[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        // Two of three quotations are left in the cycle.
        Assert.DoesNotContain("within-us", plan[1..3].SelectMany(Items));
        Assert.Equal(2, plan[1..3].SelectMany(Items).Distinct().Count());
    }

    [Fact]
    public async Task Plan_WhenTheQuotationIsRetracted_LeavesItOut()
    {
        _home.Settings(Schedules("on-this-day"));
        await _home.RunAsync("retract", "within-us", "--yes");

        var plan = (await _home.JsonAsync("plan", "--days", "2")).EnumerateArray().ToArray();

        Assert.Equal(["told", "elsewhere"], Items(plan[0]));
        Assert.DoesNotContain("Totalitarianism", plan[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnThisDay_OfAnEventThatIsNotPosted_ShowsIt() =>
        Assert.Contains(
            "Something that only commands show.",
            (await _home.RunAsync("on-this-day", "02-01")).Output,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Preview_OfAnEventThatIsNotPosted_ReportsIt() =>
        Assert.StartsWith(
            "Never posted by a schedule",
            (await _home.RunAsync("preview", "hidden")).Output,
            StringComparison.Ordinal
        );

    /// <summary>Tags, required tags and visibility do not depend on credentials.</summary>
    [Fact]
    public async Task Plan_WithoutCredentials_HasTheConfiguredTagsAndVisibility()
    {
        _home.Settings(
            Schedules("on-this-day"),
            """ "Mastodon": { "Visibility": "public", "Tags": ["Books"], "RequiredTags": ["hachybots"] } """
        );

        var post = (await _home.JsonAsync("plan", "--days", "2"))[0];

        Assert.EndsWith("#Books #OnThisDay #hachybots", post.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("public", post.GetProperty("visibility").GetString());
        var preview = await _home.JsonAsync("preview", "told");
        Assert.Equal(
            post.GetProperty("text").GetString(),
            preview.GetProperty("posts")[0].GetProperty("text").GetString()
        );
        Assert.Equal("public", preview.GetProperty("posts")[0].GetProperty("visibility").GetString());
    }

    private static string Schedules(string content) =>
        $$""" "Schedules": { "days": { "Cron": "0 12 * * *", "Content": "{{content}}", "To": ["mastodon"] } } """;

    private static string[] Items(System.Text.Json.JsonElement post) =>
        [.. post.GetProperty("items").EnumerateArray().Select(item => item.GetString()!)];
}
