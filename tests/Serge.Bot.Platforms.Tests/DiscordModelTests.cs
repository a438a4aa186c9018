namespace Serge.Bot.Platforms.Tests;

/// <summary>Numbers and defaults that Discord's documentation prescribes.</summary>
public sealed class DiscordModelTests
{
    [Theory]
    [InlineData(DiscordPermissions.None, 0x0)]
    [InlineData(DiscordPermissions.Administrator, 0x8)]
    [InlineData(DiscordPermissions.ManageGuild, 0x20)]
    [InlineData(DiscordPermissions.ViewChannel, 0x400)]
    [InlineData(DiscordPermissions.SendMessages, 0x800)]
    [InlineData(DiscordPermissions.EmbedLinks, 0x4000)]
    [InlineData(DiscordPermissions.ReadMessageHistory, 0x10000)]
    [InlineData(DiscordPermissions.SendMessagesInThreads, 0x4000000000)]
    public void DiscordPermissions_Bit_IsDiscords(DiscordPermissions permission, ulong bit) =>
        Assert.Equal(bit, (ulong)permission);

    [Theory]
    [InlineData(CommandOptionType.Subcommand, 1)]
    [InlineData(CommandOptionType.Text, 3)]
    [InlineData(CommandOptionType.Integer, 4)]
    [InlineData(CommandOptionType.Boolean, 5)]
    [InlineData(CommandOptionType.Channel, 7)]
    public void CommandOptionType_Number_IsDiscords(CommandOptionType type, int number) =>
        Assert.Equal(number, (int)type);

    [Theory]
    [InlineData(CommandContexts.None, 0)]
    [InlineData(CommandContexts.Guild, 1)]
    [InlineData(CommandContexts.BotDm, 2)]
    [InlineData(CommandContexts.PrivateChannel, 4)]
    public void CommandContexts_Bit_IsDiscords(CommandContexts context, int bit) => Assert.Equal(bit, (int)context);

    [Fact]
    public void CommandDefinition_WithNameAndDescriptionOnly_IsOfferedEverywhereToEverybody()
    {
        CommandDefinition command = new() { Name = "quote", Description = "A quotation" };

        Assert.Equal(
            CommandContexts.Guild | CommandContexts.BotDm | CommandContexts.PrivateChannel,
            command.Contexts
        );
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
        Assert.False(option.Completes);
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

    [Fact]
    public void Reply_ByDefault_IsVisibleToEverybody()
    {
        Assert.False(new Reply.Message(new DiscordMessage { Text = "text" }).Ephemeral);
        Assert.False(new Reply.Deferred().Ephemeral);
    }

    [Fact]
    public void DiscordApplication_ByDefault_ReceivesInteractionsOverTheGateway() =>
        Assert.Null(new DiscordApplication(1, "Serge").InteractionsEndpoint);

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
