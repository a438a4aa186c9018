namespace Serge.Bot.Tests.Cli;

/// <summary>The texts of <c>serge profile</c>.</summary>
public sealed class ProfileTextTests
{
    private static readonly AboutSettings Full = new()
    {
        Operator = "The historians",
        Contact = "@ada@books.example",
        SourceCode = new Uri("https://example.org/serge"),
        Privacy = new Uri("https://example.org/privacy"),
    };

    [Fact]
    public void Create_WithEverything_FitsMastodon()
    {
        Assert.InRange(ProfileText.CreateBio(Full, Some.Author).Length, 1, 500);
        Assert.InRange(ProfileText.CreateFields(Full).Count(), 1, 4);
        Assert.InRange(
            ProfileText.CreateIntroduction(["VictorSerge", "Books", "History", "Quotes"], Some.Author).Length,
            1,
            500
        );
        Assert.Contains("Run by The historians.", ProfileText.CreateBio(Full, Some.Author), StringComparison.Ordinal);
        Assert.Contains("Contact | @ada@books.example", ProfileText.CreateFields(Full));
        Assert.EndsWith(
            "#introduction #VictorSerge",
            ProfileText.CreateIntroduction(["VictorSerge"], Some.Author),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Create_WithoutAnOperator_StatesWhatToSet()
    {
        BotSettings settings = new() { LedgerPath = "", TimeZone = TimeZoneInfo.Utc };

        var text = ProfileText.Create(settings, Some.Author);

        Assert.Contains("Run by (set About:Operator or About:Contact).", text, StringComparison.Ordinal);
        Assert.StartsWith("Bio:\n", text, StringComparison.Ordinal);
        Assert.Contains("\nIntroduction to pin:\n", text, StringComparison.Ordinal);
        Assert.Contains("the writer and revolutionary Victor Serge (1890–1947)", text, StringComparison.Ordinal);
        Assert.EndsWith("#introduction #VictorSerge", text, StringComparison.Ordinal);
    }
}
