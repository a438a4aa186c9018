using Serge.Bot.Site.Content;

namespace Serge.Bot.Tests.Rendering;

/// <summary>The texts that the site shares with posts and replies.</summary>
public sealed class SiteWordingTests
{
    [Theory]
    [InlineData("Victor Serge", "of Victor Serge,", "de Victor Serge,")]
    [InlineData("Emma Goldman", "of Emma Goldman,", "d’Emma Goldman,")]
    public void InsertName_ElidesInFrenchBeforeAVowel(string name, string english, string french)
    {
        var inEnglish = new SiteWording(Strings.English).InsertName(SiteTexts.English.AboutWhat, name);
        var inFrench = new SiteWording(Strings.French).InsertName(SiteTexts.French.AboutWhat, name);

        Assert.StartsWith($"This site has quotations {english} ", inEnglish, StringComparison.Ordinal);
        Assert.StartsWith($"Ce site contient des citations {french} ", inFrench, StringComparison.Ordinal);
    }

    /// <summary>The others are formatted without elision.</summary>
    [Fact]
    public void FrenchTexts_OneHasAPlaceholderThatElides()
    {
        object[] names = ["Ann", "Ann", "Ann", "Ann"];
        var texts = typeof(SiteTexts).GetProperties().Where(property => property.PropertyType == typeof(string));

        var elided = texts.Where(property =>
        {
            var text = (string)property.GetValue(SiteTexts.French)!;
            return FrenchElision.Apply(text, names) != text;
        });

        Assert.Equal([nameof(SiteTexts.AboutWhat)], elided.Select(property => property.Name));
    }
}
