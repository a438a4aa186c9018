namespace Serge.Bot.Platforms.Tests;

public sealed class MastodonModelTests
{
    [Fact]
    public void MastodonStatus_WithTextOnly_IsUnlistedEnglishWithoutWarning()
    {
        MastodonStatus status = new() { Text = "text" };

        Assert.Null(status.Warning);
        Assert.Equal("en", status.Language);
        Assert.Equal(MastodonVisibility.Unlisted, status.Visibility);
    }

    [Fact]
    public void MastodonInstance_WithVersionOnly_HasMastodonsLimits()
    {
        MastodonInstance instance = new() { Version = "4.5.7" };

        Assert.Equal(MastodonSoftware.Other, instance.Software);
        Assert.Equal(500, instance.MaxCharacters);
        Assert.Equal(23, instance.CharactersReservedPerUrl);
    }

    [Fact]
    public void MastodonTokenScopes_ByDefault_IsNotKnown() =>
        Assert.Equal(new MastodonTokenScopes(null, null), default);
}
