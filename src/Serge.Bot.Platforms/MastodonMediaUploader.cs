using System.Net;
using System.Text.Json;

namespace Serge.Bot.Platforms;

/// <summary>Uploads the picture of a post, and waits until the server has processed it.</summary>
/// <remarks>Source: Mastodon docs, methods/media. An upload alone publishes nothing: even if it is repeated, the post
/// was certainly not sent. So an upload whose response was lost is repeated, and the post has its picture
/// once.</remarks>
/// <param name="send">Sends a request with the client's token, timeouts and retries.</param>
/// <param name="clock">The system clock.</param>
public sealed class MastodonMediaUploader(
    Func<MediaRequest, CancellationToken, Task<MediaAnswer>> send,
    TimeProvider clock
)
{
    private const string Route = "api/v2/media";

    /// <summary>How often the state of an upload is requested in one attempt: for about 15 s.</summary>
    private const int MaxPolls = 6;

    /// <summary>The most uploads that are remembered; the oldest is forgotten first.</summary>
    private const int MaxUnfinished = 64;

    /// <summary>Doubled up to <see cref="MaxPollDelay"/>. Servers process a picture of 100 kB within a
    /// second.</summary>
    private static readonly TimeSpan FirstPollDelay = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan MaxPollDelay = TimeSpan.FromSeconds(4);

    private readonly Lock _lock = new();

    /// <summary>By the key of a post, the uploads that the server was still processing at the end of an attempt. The
    /// next attempt with the same picture continues with them: a slow server would never finish a new one in time,
    /// either.</summary>
    private readonly OrderedDictionary<string, Upload> _unfinished = new(StringComparer.Ordinal);

    /// <summary>Uploads the picture of a post, if it has one.</summary>
    /// <param name="picture">The picture; without one nothing is sent.</param>
    /// <param name="key">Equal for all attempts of a post.</param>
    /// <param name="deadline">Until when the upload may begin.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    public async Task<MediaUpload> UploadAsync(
        Picture? picture,
        string key,
        SendDeadline deadline,
        CancellationToken cancellationToken
    )
    {
        if (picture is null)
        {
            return new MediaUpload([], null);
        }

        if (TakeUnfinished(key, picture) is { } earlier)
        {
            if (await WaitAsync(earlier, key, cancellationToken) is { } continued)
            {
                return continued;
            }
        }

        MediaRequest request = new(Route, CreateForm(picture), deadline);
        var answer = await send(request, cancellationToken);
        if (answer.Failure is { } failure)
        {
            return Fail(answer, failure);
        }

        var media = JsonReader.Parse(answer.Body.Span);
        if (media.Member("id").Id() is not { } id)
        {
            return MediaUpload.Failed("The server accepted the picture, but its answer has no id.");
        }

        if (IsProcessed(answer, media))
        {
            return new MediaUpload([id], null);
        }

        Upload upload = new(id, picture);
        return await WaitAsync(upload, key, cancellationToken)
            ?? MediaUpload.Failed("The server has lost the picture.");
    }

    /// <remarks>The focus is the centre: a preview in another ratio shows the middle of the picture.</remarks>
    private static RequestBody CreateForm(Picture picture) =>
        RequestBody.FromForm(
            FormPart.FromText("description", picture.Description),
            FormPart.FromText("focus", "0.0,0.0"),
            FormPart.FromPicture("file", picture)
        );

    /// <summary>Mastodon answers 200 for a processed picture; 202, and 206 to later requests, with <c>"url": null</c>
    /// for one in process.</summary>
    private static bool IsProcessed(MediaAnswer answer, JsonElement? media) =>
        answer.Status == HttpStatusCode.OK && media.Member("url").Text() is { Length: > 0 };

    /// <returns><see langword="null"/> if the server does not have the upload any more.</returns>
    private async Task<MediaUpload?> WaitAsync(Upload upload, string key, CancellationToken cancellationToken)
    {
        var route = $"api/v1/media/{Uri.EscapeDataString(upload.Id)}";
        var delay = FirstPollDelay;
        for (var polls = 0; polls < MaxPolls; polls++)
        {
            try
            {
                await Task.Delay(delay, clock, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            MediaRequest request = new(route, Form: null, SendDeadline.None);
            var answer = await send(request, cancellationToken);
            if (answer.IsGone)
            {
                return null;
            }

            if (answer.Failure is { } failure)
            {
                KeepUnfinished(key, upload);
                return Fail(answer, failure);
            }

            if (IsProcessed(answer, JsonReader.Parse(answer.Body.Span)))
            {
                return new MediaUpload([upload.Id], null);
            }

            delay = delay * 2 < MaxPollDelay ? delay * 2 : MaxPollDelay;
        }

        KeepUnfinished(key, upload);
        return MediaUpload.Failed("The server has not processed the picture yet.");
    }

    /// <summary>A refused picture is a property of the picture. Everything else may succeed later, and nothing was
    /// posted.</summary>
    private static MediaUpload Fail(MediaAnswer answer, SendOutcome failure)
    {
        // Also from a proxy before the server.
        if (answer.Status == HttpStatusCode.RequestEntityTooLarge)
        {
            failure = new SendOutcome.Refused(Refusal.Payload, "HTTP 413, the file is too large.");
        }

        return failure switch
        {
            SendOutcome.Refused(_, var reason) => new MediaUpload(
                [],
                new SendOutcome.Refused(Refusal.Payload, $"The server refused the picture: {reason}")
            ),
            SendOutcome.Unknown(var reason) => MediaUpload.Failed($"The picture could not be uploaded: {reason}"),
            _ => new MediaUpload([], failure),
        };
    }

    /// <summary>Takes the unfinished upload of a post; <see langword="null"/> without one, or if the post was corrected
    /// and has another picture.</summary>
    private Upload? TakeUnfinished(string key, Picture picture)
    {
        lock (_lock)
        {
            return _unfinished.Remove(key, out var upload) && upload.HasSamePicture(picture) ? upload : null;
        }
    }

    private void KeepUnfinished(string key, Upload upload)
    {
        lock (_lock)
        {
            // A post that was missed or sent as text never takes its upload back.
            if (_unfinished.Count == MaxUnfinished)
            {
                _unfinished.RemoveAt(0);
            }

            _unfinished[key] = upload;
        }
    }

    /// <summary>An upload that the server has accepted.</summary>
    private sealed record Upload(string Id, Picture Picture)
    {
        /// <summary>Whether an upload of the other picture would have the same content.</summary>
        public bool HasSamePicture(Picture other) =>
            Picture.Description == other.Description && Picture.Png.Span.SequenceEqual(other.Png.Span);
    }
}

/// <summary>The end of an upload.</summary>
/// <param name="Ids">The server's id of the processed picture; empty for a post without a picture, and after a
/// failure.</param>
/// <param name="Failure">Why the picture was not uploaded; <see langword="null"/> without a failure. Certainly nothing
/// was posted.</param>
public sealed record MediaUpload(IReadOnlyList<string> Ids, SendOutcome? Failure)
{
    internal static MediaUpload Failed(string reason) => new([], new SendOutcome.Unavailable(reason));
}

/// <summary>A request about an upload.</summary>
/// <param name="Route">The path below the server's address.</param>
/// <param name="Form">The body of a POST; <see langword="null"/> for a GET.</param>
/// <param name="Deadline">Until when the body may begin to be sent.</param>
public sealed record MediaRequest(string Route, RequestBody? Form, SendDeadline Deadline);

/// <summary>The answer to a <see cref="MediaRequest"/>.</summary>
/// <param name="Status">The HTTP status; <see langword="null"/> without a response.</param>
/// <param name="Body">The body of the response.</param>
/// <param name="IsGone">Whether the server says that the upload does not exist.</param>
/// <param name="Failure">The outcome of a write with this answer; <see langword="null"/> for a success.</param>
public sealed record MediaAnswer(HttpStatusCode? Status, ReadOnlyMemory<byte> Body, bool IsGone, SendOutcome? Failure);
