using System.Collections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Serge.Bot.Tests.Publishing;

/// <summary>Posts with pictures, and when they are sent as text.</summary>
public sealed class PictureSenderTests : IDisposable
{
    private static readonly PostPicture Words = new()
    {
        Body = "“Words.”",
        Credit = [new PictureLine([new PictureRun("A. Writer")])],
    };

    private readonly FakeMastodon _mastodon = new();
    private readonly PictureDrawer _drawer = TestEngine.Drawer(new CardSettings());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _drawer.Dispose();

    [Fact]
    public async Task Send_WithAPicture_HasItWithItsDescription()
    {
        InstalledFonts.Require();

        var outcome = await SendAsync(CreatePost(Words));

        Assert.Equal(new SendOutcome.Sent("1", null), outcome);
        Assert.Equal("“Words.”\nA. Writer", Assert.Single(_mastodon.Posts).Status.Picture!.Description);
    }

    [Fact]
    public async Task Edit_WithAPicture_HasIt()
    {
        InstalledFonts.Require();

        var outcome = await Target().EditAsync(CreatePost(Words), "42", Stop);

        Assert.Equal(new SendOutcome.Sent("42", null), outcome);
        Assert.Equal("“Words.”\nA. Writer", _mastodon.LastEdit!.Picture!.Description);
    }

    [Fact]
    public async Task Send_WithoutAFont_IsTextAndReportsIt()
    {
        using var off = TestEngine.Drawer(new CardSettings { IsEnabled = false });

        var outcome = await SendAsync(CreatePost(Words), off);

        Assert.Equal(
            "Without its picture: Pictures are switched off. Remove Cards:Font = none.",
            Assert.IsType<SendOutcome.Sent>(outcome).Remark
        );
        Assert.Null(Assert.Single(_mastodon.Posts).Status.Picture);
    }

    /// <summary>Otherwise the post would be retried until its deadline and never be sent.</summary>
    [Fact]
    public async Task Send_WhenDrawingFailsUnexpectedly_IsTextAndReportsIt()
    {
        using PictureDrawer broken = new(
            new CardSettings(),
            new FontFolders(new BrokenFolders()),
            NullLogger<PictureDrawer>.Instance
        );

        var outcome = await SendAsync(CreatePost(Words), broken);

        Assert.StartsWith(
            "Without its picture: The drawing library cannot be loaded: ",
            Assert.IsType<SendOutcome.Sent>(outcome).Remark,
            StringComparison.Ordinal
        );
    }

    private sealed class BrokenFolders : IReadOnlyList<string>
    {
        public int Count => 0;

        public string this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<string> GetEnumerator() => throw new DllNotFoundException("libSkiaSharp");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Fact]
    public async Task Send_WithACharacterThatNoFontHas_IsTextAndNamesIt()
    {
        InstalledFonts.Require();

        var outcome = await SendAsync(CreatePost(Words with { Body = "\U0010ABCD" }));

        Assert.Contains("U+10ABCD", Assert.IsType<SendOutcome.Sent>(outcome).Remark, StringComparison.Ordinal);
    }

    /// <summary>Each row: a limit of the server, and the message about it.</summary>
    [Theory]
    [InlineData("png", "The server does not accept PNG pictures.")]
    [InlineData("bytes", "bytes; the limit is 1000.")]
    [InlineData("pixels", "The picture has 810000 pixels; the limit is 1000.")]
    [InlineData("description", "The description of the picture has 18 characters; the limit is 17.")]
    public async Task Send_OverALimit_IsTextAndReportsIt(string limit, string reason)
    {
        InstalledFonts.Require();
        PictureLimits limits = new();
        _mastodon.Instance = _mastodon.Instance with
        {
            Pictures = limit switch
            {
                "png" => limits with { AcceptsPng = false },
                "bytes" => limits with { MaxBytes = 1000 },
                "pixels" => limits with { MaxPixels = 1000 },
                _ => limits with { MaxDescription = 17 },
            },
        };

        var outcome = await SendAsync(CreatePost(Words));

        var remark = Assert.IsType<SendOutcome.Sent>(outcome).Remark;
        Assert.StartsWith("Without its picture: ", remark, StringComparison.Ordinal);
        Assert.EndsWith(reason, remark, StringComparison.Ordinal);
        Assert.Null(Assert.Single(_mastodon.Posts).Status.Picture);
    }

    [Theory]
    [InlineData(Refusal.Payload)]
    [InlineData(Refusal.Forbidden)]
    public async Task Send_WhenThePictureIsRefused_SendsTheTextAtOnce(Refusal kind)
    {
        InstalledFonts.Require();
        _mastodon.OnSend = status => status.Picture is null ? null : new SendOutcome.Refused(kind, "No pictures.");

        var outcome = await SendAsync(CreatePost(Words));

        Assert.Equal("Without its picture: No pictures.", Assert.IsType<SendOutcome.Sent>(outcome).Remark);
        Assert.Equal(2, _mastodon.Sends);
    }

    /// <summary>The post may have been published, or its destination is gone: the text would be a second post, or be
    /// refused, too.</summary>
    [Theory]
    [InlineData("unknown")]
    [InlineData("unavailable")]
    [InlineData("wait")]
    [InlineData("gone")]
    public async Task Send_WithAnotherOutcome_SendsOnce(string outcome)
    {
        InstalledFonts.Require();
        SendOutcome expected = outcome switch
        {
            "unknown" => new SendOutcome.Unknown("Lost."),
            "unavailable" => new SendOutcome.Unavailable("Down."),
            "wait" => new SendOutcome.RetryAfter(Some.Noon, "Slow down."),
            _ => new SendOutcome.Refused(Refusal.Gone, "Gone."),
        };
        _mastodon.OnSend = _ => expected;

        Assert.Equal(expected, await SendAsync(CreatePost(Words)));
        Assert.Equal(1, _mastodon.Sends);
    }

    [Fact]
    public void Apply_SentWithoutItsPicture_ReportsItInTheLedger()
    {
        SendOutcome.Sent outcome = new("1", null) { Remark = "Without its picture: No pictures." };

        var after = Transitions.Apply(Some.Post(), outcome, _mastodon.Capabilities, Some.Noon, new DeliverySettings());

        Assert.Equal((PostState.Sent, "Without its picture: No pictures."), (after.State, after.Reason));
    }

    private static Post CreatePost(PostPicture picture)
    {
        var post = Some.Post();
        return post with { Payload = post.Payload! with { Picture = picture } };
    }

    private IPublishTarget Target(PictureDrawer? drawer = null, InstanceLimits? limits = null)
    {
        PictureSender pictures = new(drawer ?? _drawer);
        var targets = TestEngine.Targets(null, _mastodon, limits: limits, pictures: pictures);
        return targets.Get(Destinations.Mastodon);
    }

    private async Task<SendOutcome> SendAsync(Post post, PictureDrawer? drawer = null)
    {
        InstanceLimits limits = new();
        await limits.RefreshAsync(_mastodon, Stop);
        var target = Target(drawer, limits);
        await target.PrepareAsync(post, Stop);
        return await target.SendAsync(post, SendDeadline.None, Stop);
    }
}
