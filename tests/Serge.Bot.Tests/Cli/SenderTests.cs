namespace Serge.Bot.Tests.Cli;

public sealed class SenderTests
{
    /// <summary>Each row: the owner of a lease, its machine and its process.</summary>
    [Theory]
    [InlineData("host/12/aaaaaaaa", "host", "12")]
    [InlineData("rack/3/host/12/aaaaaaaa", "rack/3/host", "12")]
    [InlineData("/host//12/aaaaaaaa", "/host/", "12")]
    [InlineData("/12/aaaaaaaa", "", "12")]
    public void Of_WithSlashesInTheNameOfTheMachine_KeepsThem(string owner, string machine, string process)
    {
        SenderHolder holder = new("discord:0123456789abcdef", owner, Some.Noon);

        Assert.Equal(new Sender("discord", machine, process, Some.Noon), Sender.Of(holder));
    }
}
