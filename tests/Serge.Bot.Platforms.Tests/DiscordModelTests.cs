namespace Serge.Bot.Platforms.Tests;

/// <summary>Numbers and defaults that Discord's documentation prescribes.</summary>
public sealed class DiscordModelTests
{
    // By name: the compiler would copy the number of a referenced member into this assembly.
    [Theory]
    [InlineData("None", 0x0)]
    [InlineData("Administrator", 0x8)]
    [InlineData("ManageGuild", 0x20)]
    [InlineData("ViewChannel", 0x400)]
    [InlineData("SendMessages", 0x800)]
    [InlineData("EmbedLinks", 0x4000)]
    [InlineData("ReadMessageHistory", 0x10000)]
    [InlineData("SendMessagesInThreads", 0x4000000000)]
    public void DiscordPermissions_Bit_IsDiscords(string permission, ulong bit) =>
        Assert.Equal(bit, (ulong)Enum.Parse<DiscordPermissions>(permission));

    [Theory]
    [InlineData("Subcommand", 1)]
    [InlineData("Text", 3)]
    [InlineData("Integer", 4)]
    [InlineData("Boolean", 5)]
    [InlineData("Channel", 7)]
    public void CommandOptionType_Number_IsDiscords(string type, int number) =>
        Assert.Equal(number, (int)Enum.Parse<CommandOptionType>(type));

    [Theory]
    [InlineData("None", 0)]
    [InlineData("Guild", 1)]
    [InlineData("BotDm", 2)]
    [InlineData("PrivateChannel", 4)]
    public void CommandContexts_Bit_IsDiscords(string context, int bit) =>
        Assert.Equal(bit, (int)Enum.Parse<CommandContexts>(context));

    [Fact]
    public void CommandDefinition_WithNameAndDescriptionOnly_IsOfferedEverywhereToEverybody()
    {
        CommandDefinition command = new() { Name = "quote", Description = "A quotation" };

        Assert.Equal(Enum.GetValues<CommandContexts>().Aggregate((all, context) => all | context), command.Contexts);
        Assert.True(command.UserInstallable);
        Assert.Null(command.DefaultMemberPermissions);
        Assert.Empty(command.Options);
        Assert.Empty(command.NameLocalizations);
        Assert.Empty(command.DescriptionLocalizations);
    }

    [Fact]
    public void CommandOption_WithNameAndDescriptionOnly_IsOptionalText()
    {
        CommandOption option = new() { Name = "topic", Description = "A topic" };

        Assert.Equal(CommandOptionType.Text, option.Type);
        Assert.False(option.Required);
        Assert.False(option.Autocomplete);
        Assert.Null(option.MaxLength);
        Assert.Empty(option.Choices);
        Assert.Empty(option.Options);
        Assert.Empty(option.NameLocalizations);
        Assert.Empty(option.DescriptionLocalizations);
    }

    [Fact]
    public void DiscordMessage_WithTextOnly_HasNoButtonsAndNoPreviews()
    {
        DiscordMessage message = new() { Text = "text" };

        Assert.True(message.SuppressEmbeds);
        Assert.Empty(message.Buttons);
    }

    /// <summary>In code points: an emoji outside the Basic Multilingual Plane is one code point and two UTF-16
    /// units.</summary>
    [Theory]
    [InlineData("x", 2000, true)]
    [InlineData("x", 2001, false)]
    [InlineData("\U0001F339", 2000, true)]
    [InlineData("\U0001F339", 2001, false)]
    [InlineData("", 1, true)]
    public void Fits_CountsCodePoints(string character, int count, bool fits)
    {
        var text = string.Concat(Enumerable.Repeat(character, count));

        Assert.Equal(fits, DiscordMessage.Fits(text));
        Assert.Equal(character.Length == 0 ? 0 : count, DiscordMessage.GetLength(text));
    }

    // By reflection: the compiler would copy a referenced default into this assembly.
    [Theory]
    [InlineData(typeof(Reply.Message), "Ephemeral", false)]
    [InlineData(typeof(Reply.Deferred), "Ephemeral", false)]
    [InlineData(typeof(Capabilities), "HidesAmbiguity", false)]
    [InlineData(typeof(DiscordApplication), "InteractionsEndpoint", null)]
    public void New_WithoutAnOptionalParameter_UsesTheSafeValue(Type type, string parameter, object? expected)
    {
        var parameters = type.GetConstructors().SelectMany(constructor => constructor.GetParameters());

        Assert.Equal(expected, Assert.Single(parameters, candidate => candidate.Name == parameter).DefaultValue);
    }

    [Theory]
    [InlineData(0UL, "0")]
    [InlineData(1234567UL, "1234567")]
    [InlineData(ulong.MaxValue, "18446744073709551615")]
    public void ToString_OfAnId_IsItsDigits(ulong value, string digits)
    {
        Assert.Equal(digits, new ChannelId(value).ToString());
        Assert.Equal(digits, new GuildId(value).ToString());
        Assert.Equal(digits, new InteractionId(value).ToString());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(197038439483310086, 16)] // from the documentation's id format
    [InlineData(ulong.MaxValue, 7)]
    [InlineData(1UL << 22, 2)]
    [InlineData((1UL << 22) - 1, 2)]
    public void Covers_AnyGuild_IsTrueForTheOneShardOfTheFormula(ulong guild, int count)
    {
        var covering = Enumerable.Range(0, count).Where(index => new Shard(index, count).Covers(new GuildId(guild)));

        Assert.Equal([(int)((guild / 4_194_304) % (ulong)count)], covering);
    }

    [Fact]
    public void Only_Shard_IsTheFirstOfOne() => Assert.Equal(new Shard(0, 1), Shard.Only);
}
