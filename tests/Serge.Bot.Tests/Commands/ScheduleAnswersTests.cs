using System.Globalization;
using System.Text;

namespace Serge.Bot.Tests.Commands;

/// <summary>The complete replies of <c>/schedule</c> and <c>/today</c> in both languages, approved by a
/// person.</summary>
public sealed class ScheduleAnswersTests : GuildCommandFixture
{
    private readonly StringBuilder _answers = new();
    private string _locale = "";

    [Theory]
    [InlineData("en-GB", "schedule.en.approved.txt")]
    [InlineData("fr", "schedule.fr.approved.txt")]
    public async Task EveryAnswer_IsAsApproved(string locale, string file)
    {
        _locale = locale;
        await AskAsync("list");
        await AskAsync("preview");
        await AskAsync("pause");
        await AskAsync("zone");
        await AskTodayAsync();

        Write("What cannot be set");
        await AskAsync("set");
        await AskAsync("set", ("time", "soon"));
        await AskAsync("set", ("time", "9:00"), ("channel", "x"));
        await AskAsync("set", ("time", "9:00"), ("channel", "20"));
        await AskAsync("set", ("time", "9:00"), ("days", "sometimes"));
        await AskAsync("set", ("time", "9:00"), ("content", "poetry"));
        await AskAsync("set", ("time", "9:00"), ("name", new string('n', 33)));
        await AskAsync("set", ("time", "9:00"), ("zone", "Atlantis"));
        _discord.Channel(2, 100, DiscordPermissions.ReadMessageHistory);
        await AskAsync("set", ("time", "9:00"), ("channel", "2"));
        _discord.Channel(2, 100, acceptsMessages: false);
        await AskAsync("set", ("time", "9:00"), ("channel", "2"));
        _discord.IsDown = true;
        await AskAsync("set", ("time", "9:00"));
        _discord.IsDown = false;
        _discord.Channel(2, 100, DiscordPermissions.ViewChannel | DiscordPermissions.SendMessages);

        Write("What can be set");
        await AskAsync("set", ("time", "9:00"));
        await AskAsync("set", ("time", "18:00"), ("days", "Mon, Wed"));
        await AskAsync("set", ("time", "7:30"), ("content", "on-this-day"), ("name", "B"), ("channel", "2"));
        await AskAsync("set", ("time", "7:30"), ("content", "on-this-day-or-quote"), ("days", "weekdays"));
        await AskAsync("zone", ("zone", "Atlantis"));
        await AskAsync("zone", ("zone", "New York"));
        await AskAsync("zone");
        await AskAsync("set", ("time", "23:00"), ("name", "b"), ("zone", "Tokyo"), ("days", "weekend"));
        await AskTodayAsync();

        Write("What can be changed");
        await AskAsync("skip");
        await AskAsync("skip", ("name", "x"));
        await AskAsync("skip", ("name", "b"));
        await AskAsync("skip", ("name", "b"));
        await AskAsync("resume", ("name", "b"));
        await AskAsync("resume", ("name", "b"));
        await AskAsync("pause", ("name", "b"));
        await AskAsync("pause", ("name", "b"));
        await AskAsync("skip", ("name", "b"));
        await AskAsync("preview", ("name", "b"));
        await AskAsync("preview", ("name", "x"));
        await AskAsync("list");
        await AskAsync("resume", ("name", "b"));
        await AskAsync("skip", ("name", "b"));
        await AskAsync("list");
        await AskAsync("remove", ("name", "b"));
        await AskAsync("remove", ("name", "b"));

        Write("What was paused by the bot");
        var first = (await SchedulesAsync())[0].Name;
        foreach (var cause in Enum.GetValues<PauseCause>())
        {
            await PauseByBotAsync(cause);
            await AskAsync("pause", ("name", first));
            await AskAsync("zone", ("zone", "Brussels"));
        }

        Write("What others may not");
        await AskAsync(Command("list", locale) with { Guild = null });
        await AskAsync(Command("list", locale) with { MemberPermissions = DiscordPermissions.SendMessages });

        Approved.Verify(file, _answers.ToString());
    }

    private Task AskAsync(string subcommand, params (string Key, string Value)[] options) =>
        AskAsync(Command(subcommand, _locale, options));

    private async Task AskAsync(Interaction.Command command)
    {
        var reply = await _command.HandleAsync(command, Strings.For(_locale), Stop);
        var options = string.Concat(command.Options.Select(option => $" {option.Key}:{option.Value}"));
        Write($"/{command.Name}{options}", reply);
    }

    private async Task AskTodayAsync() =>
        Write(
            "/today",
            await _today.HandleAsync(Command("", _locale) with { Name = "today" }, Strings.For(_locale), Stop)
        );

    private void Write(string heading) => _answers.Append(CultureInfo.InvariantCulture, $"== {heading} ==\n\n");

    private void Write(string asked, Reply reply)
    {
        var message = Assert.IsType<Reply.Message>(reply);
        var audience = message.Ephemeral ? "for the member" : "for all";
        var buttons = string.Concat(message.Content.Buttons.Select(button => $" [{button.Label}]"));
        _answers.Append(CultureInfo.InvariantCulture, $"{asked}\n{audience}{buttons}\n{message.Content.Text}\n\n");
    }
}
