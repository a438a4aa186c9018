namespace Serge.Bot.Platforms.Tests;

public sealed class CanonicalTextTests
{
    [Theory]
    [InlineData("ab", "c", "a", "bc")]
    [InlineData("", null, null, "")]
    [InlineData("1:x;", "y", "1:x", ";y")]
    public void Add_TextsThatAreDividedDifferently_Differ(string? one, string? two, string? other, string? another)
    {
        var text = new CanonicalText();
        text.Add(one, two);
        var otherText = new CanonicalText();
        otherText.Add(other, another);

        Assert.NotEqual(text.ToString(), otherText.ToString());
    }

    [Fact]
    public void AddLocalizations_InAnotherOrder_IsEqual()
    {
        var text = new CanonicalText();
        text.AddLocalizations("quote", new Dictionary<string, string> { ["de"] = "Zitat", ["fr"] = "citation" });
        text.AddLocalizations("quote", null);
        var other = new CanonicalText();
        other.AddLocalizations("quote", new Dictionary<string, string> { ["fr"] = "citation", ["de"] = "Zitat" });

        Assert.Equal(text.ToString(), other.ToString());
        Assert.Equal("2:in;2:de;5:Zitat;2:in;2:fr;8:citation;", text.ToString());
    }

    [Fact]
    public void AddLocalizations_EqualToTheDefault_AddsNothing()
    {
        var text = new CanonicalText();
        text.AddLocalizations("date", new Dictionary<string, string> { ["de"] = "Datum", ["fr"] = "date" });

        Assert.Equal("2:in;2:de;5:Datum;", text.ToString());
    }
}
