using System.Collections;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.EndToEnd;

/// <summary>A button whose next quotation has a picture that takes longer than Discord's time limit.</summary>
public sealed class SlowPictureTests
{
    private const int DeferredUpdate = 6;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_WhosePictureTakesLong_ReplacesItsMessageAndStaysEphemeral(bool isOverHttp)
    {
        await using var stage = await Stage.OpenAsync();
        using SlowFolders folders = new(stage.CancellationToken);
        await using var worker = await StartAsync(stage, folders, isOverHttp);
        const string Command = "/quote private:True picture:True";
        var answered = await stage.Discord.InvokeAsync(stage.Member, stage.Channel, Command, stage.CancellationToken);
        var first = Assert.IsType<InteractionResult.Answered>(answered).Message;
        var button = first.Components[0].GetProperty("components")[0].GetProperty("custom_id").GetString()!;
        using var watch = stage.World.Watch();

        var pressing = stage.Discord.PressButtonAsync(stage.Member, first, button, stage.CancellationToken);
        var deferral = await stage.NextAsync<DiscordWorldEvent.InteractionAnswered>(watch);
        folders.Open();

        Assert.Equal(DeferredUpdate, deferral.CallbackType);
        var next = Assert.IsType<InteractionResult.Updated>(await pressing).Message;
        Assert.Equal((first.Id, true), (next.Id, next.IsEphemeral));
        Assert.NotEqual(first.Content, next.Content);
        Assert.Empty(stage.Discord.GetMessages(stage.Channel));
    }

    private static async Task<WorkerHost> StartAsync(Stage stage, SlowFolders folders, bool isOverHttp)
    {
        (string, string?)[] overHttp = [("Discord:Interactions", "http"), ("Discord:Listen", "http://127.0.0.1:0")];
        WorkerOptions options = new()
        {
            Home = stage.Home,
            CreatesLedger = true,
            Overrides = stage.Settings([("Logging:LogLevel:Default", "None"), .. isOverHttp ? overHttp : []]),
            AddClients = (services, settings) =>
            {
                PlatformClients.Add(services, settings);
                services.AddSingleton(new FontFolders(folders));
            },
        };
        using var watch = stage.World.Watch();
        var worker = await WorkerHost.BuildAsync(options, stage.CancellationToken);
        await worker.StartAsync(stage.CancellationToken);
        await stage.WaitUntilAsync(watch, () => stage.Discord.GetCommands(stage.Application).Count > 0);
        if (isOverHttp)
        {
            var address = worker.Services.GetRequiredService<WebServer>().GetAddress<HttpInteractionEndpoint>();
            Uri endpoint = new(address, InteractionEndpointCheck.Path);
            Assert.Null(
                await stage.Discord.SetInteractionsEndpointAsync(stage.Application, endpoint, stage.CancellationToken)
            );
        }

        return worker;
    }

    /// <summary>The first listing fails, so the first reply is sent at once; later listings block until
    /// <see cref="Open"/>.</summary>
    private sealed class SlowFolders(CancellationToken cancellationToken) : IReadOnlyList<string>, IDisposable
    {
        private readonly ManualResetEventSlim _isOpen = new();
        private int _listings;

        public int Count => 0;

        public string this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public void Open() => _isOpen.Set();

        public IEnumerator<string> GetEnumerator()
        {
            if (Interlocked.Increment(ref _listings) == 1)
            {
                throw new IOException("The folders cannot be listed.");
            }

            _isOpen.Wait(cancellationToken);
            return Enumerable.Empty<string>().GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose() => _isOpen.Dispose();
    }
}
