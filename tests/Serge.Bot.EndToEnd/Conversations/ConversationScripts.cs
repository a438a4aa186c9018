namespace Serge.Bot.EndToEnd.Conversations;

/// <summary>Runs each script of this folder against the real worker.</summary>
public sealed class ConversationScripts
{
    /// <summary>Without a font the reply has no picture.</summary>
    private const string NeedsFont = "quote-picture.md";

    private static readonly string Folder = Path.Combine(
        Stage.Repository,
        "tests",
        "Serge.Bot.EndToEnd",
        "Conversations"
    );

    public static TheoryData<string> Pages =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.md")
                .Select(file => Path.GetFileName(file))
                .Where(name => name != "README.md")
                .Order(StringComparer.Ordinal),
        ];

    [Fact]
    public void EveryCommand_HasAPage()
    {
        var commands = CommandTable.Read(Path.Combine(Stage.Repository, "docs", "commands.md"));

        string[] expected = [.. commands.Select(command => $"{command}.md"), "is-this-a-quotation.md", NeedsFont];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Pages.Select(page => page.Data));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_PlayedLineByLine_GoesAsItIsWritten(string page)
    {
        if (page == NeedsFont)
        {
            InstalledFonts.Require();
        }

        var file = Path.Combine(Folder, page);
        var written = Script.Read(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Parts;
        await using var stage = await Stage.OpenAsync();
        await using var player = await ScriptPlayer.BeginAsync(stage);
        List<Part> went = [];
        var asWritten = true;
        for (var n = 0; n < written.Count; n++)
        {
            went.Add(written[n]);
            if (written[n] is Entry entry && await player.DoAsync(entry) is { } answer)
            {
                var expected = n + 1 < written.Count && written[n + 1] is Entry { IsAnswer: true } next ? next : null;
                n += expected is null ? 0 : 1;
                var matches = expected?.Matches(answer) == true;
                asWritten &= matches;
                went.Add(matches ? expected! : answer);
            }
        }

        if (!asWritten && Environment.GetEnvironmentVariable("SERGE_APPROVE") == "1")
        {
            await File.WriteAllTextAsync(file, new Script(went).ToString(), TestContext.Current.CancellationToken);
            return;
        }

        Assert.True(
            asWritten,
            $"{file} went otherwise than it is written; with SERGE_APPROVE=1 this test writes it so:\n\n{new Script(went)}"
        );
    }

    /// <summary>Executes the entries of a script against a worker.</summary>
    private sealed class ScriptPlayer(Stage stage, User french) : IAsyncDisposable
    {
        private readonly List<ChannelMessage> _shown = [];
        private ChannelMessage? _written;
        private WorkerHost? _worker;

        public static async Task<ScriptPlayer> BeginAsync(Stage stage)
        {
            var french = stage.Discord.AddUser("Benoît", "fr");
            stage.Discord.AddMember(stage.Channel.Guild!, french);
            var player = new ScriptPlayer(stage, french);
            await player.StartAsync();
            return player;
        }

        /// <summary>Executes an entry.</summary>
        /// <returns>The result; <see langword="null"/> for an instruction.</returns>
        public async Task<Entry?> DoAsync(Entry entry)
        {
            if (entry.Who.Length == 0)
            {
                Assert.Equal("(Serge is restarted.)", entry.How);
                await _worker!.DisposeAsync();
                await StartAsync();
                return null;
            }

            Assert.False(entry.IsAnswer, $"Nobody asked for: {entry}");
            var user = entry.Who == "Ada" ? stage.Member : french;
            var channel =
                entry.How == ", in a direct message"
                    ? stage.Discord.GetDirectMessageChannel(user, stage.Application)
                    : stage.Channel;
            if (entry.How == " writes")
            {
                _written = stage.Discord.SendMessage(user, channel, entry.Text);
                return null;
            }

            return Shown(
                entry.Who,
                entry switch
                {
                    { How: " checks it" } => await stage.Discord.UseMessageCommandAsync(
                        user,
                        _written!,
                        entry.Text,
                        stage.CancellationToken
                    ),
                    { How: " checks the answer" } => await stage.Discord.UseMessageCommandAsync(
                        user,
                        _shown[^1],
                        entry.Text,
                        stage.CancellationToken
                    ),
                    { How: " types" } => await stage.Discord.AutocompleteAsync(
                        user,
                        channel,
                        entry.Text,
                        LastOption(entry.Text),
                        stage.CancellationToken
                    ),
                    { Text: ['[', .. var label, ']'] } => await PressAsync(user, label),
                    _ => await stage.Discord.InvokeAsync(user, channel, entry.Text, stage.CancellationToken),
                }
            );
        }

        public async ValueTask DisposeAsync()
        {
            if (_worker is not null)
            {
                await _worker.DisposeAsync();
            }
        }

        private async Task StartAsync() =>
            _worker = await stage.StartWorkerAsync(
                new ManualClock(Stage.At("2027-02-01 12:00")),
                ("About:Operator", "The historians"),
                ("TimeZone", "Europe/Brussels")
            );

        private async Task<InteractionResult> PressAsync(User user, string label)
        {
            foreach (var message in Enumerable.Reverse(_shown))
            {
                if (Buttons(message).FirstOrDefault(button => button.Label == label) is { CustomId: { } customId })
                {
                    return await stage.Discord.PressButtonAsync(user, message, customId, stage.CancellationToken);
                }
            }

            return new InteractionResult.Refused($"There is no button [{label}].");
        }

        private Entry Shown(string who, InteractionResult result)
        {
            switch (result)
            {
                case InteractionResult.Answered(var message):
                    _shown.Add(message);
                    return new Entry("Serge", message.IsEphemeral ? $" to {who}" : "", Text(message));
                case InteractionResult.Updated(var message):
                    _shown.RemoveAll(older => older.Id == message.Id);
                    _shown.Add(message);
                    return new Entry("Serge", " changes it", Text(message));
                case InteractionResult.Suggested(var choices):
                    return new Entry("Serge", " suggests", string.Join(" | ", choices.Select(choice => choice.Value)));
                case InteractionResult.Refused(var reason):
                    return new Entry("Discord", "", reason);
                default:
                    return new Entry("Discord", "", result.ToString());
            }
        }

        /// <summary>Content and buttons. No-break spaces are replaced by spaces, because they are invisible in a
        /// script.</summary>
        private static string Text(ChannelMessage message) =>
            string.Join(
                '\n',
                [
                    message.Content.Replace('\u00A0', ' ').Replace('\u202F', ' '),
                    .. Buttons(message) is { Count: > 0 } buttons
                        ? [string.Join(' ', buttons.Select(button => $"[{button.Label}]"))]
                        : Array.Empty<string>(),
                ]
            );

        private static List<(string Label, string? CustomId)> Buttons(ChannelMessage message) =>
            [
                .. message
                    .Components.EnumerateArray()
                    .SelectMany(row => row.GetProperty("components").EnumerateArray())
                    .Select(button =>
                        (
                            button.GetProperty("label").GetString()!,
                            button.TryGetProperty("custom_id", out var id) ? id.GetString() : null
                        )
                    ),
            ];

        private static string LastOption(string line) => line[..line.LastIndexOf(':')].Split(' ')[^1];
    }
}
