using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Serge.Bot.Mastodon.Tests.Support;

/// <summary>A request of the client.</summary>
internal sealed record SeenRequest(
    HttpMethod Method,
    Uri Address,
    string? Body,
    HttpRequestHeaders Headers,
    MediaTypeHeaderValue? ContentType,
    DateTimeOffset At
)
{
    public string Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
}

/// <summary>A server that responds by script, one step per request. A request beyond the script is an error of the
/// test.</summary>
internal sealed class FakeServer(TimeProvider time) : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _script = [];

    /// <summary>Steps that fail before a byte is sent.</summary>
    private readonly HashSet<Func<CancellationToken, Task<HttpResponseMessage>>> _unconnected = [];

    public List<SeenRequest> Requests { get; } = [];

    public bool IsDisposed { get; private set; }

    public FakeServer Answers(
        int status,
        string? body = null,
        string type = "application/json",
        params (string Name, string Value)[] headers
    )
    {
        // A refusal of Mastodon always has a body.
        body ??= status is >= 400 and < 500 ? """{"error":""}""" : "";
        _script.Enqueue(_ => Task.FromResult(Response(status, body, type, headers)));
        return this;
    }

    public FakeServer AnswersTimes(int times, int status)
    {
        for (var i = 0; i < times; i++)
        {
            Answers(status);
        }

        return this;
    }

    public FakeServer Fails(HttpRequestError error, string message = "the network failed")
    {
        HttpRequestException failure = new(error, message);
        return PlatformTransport.FailedToConnect(failure) ? FailsToConnect(failure) : Does(() => throw failure);
    }

    /// <summary>Fails before a byte of the body is sent.</summary>
    public FakeServer FailsToConnect(Exception failure)
    {
        Func<CancellationToken, Task<HttpResponseMessage>> step = _ => Task.FromException<HttpResponseMessage>(failure);
        _script.Enqueue(step);
        _unconnected.Add(step);
        return this;
    }

    /// <summary>Never responds.</summary>
    public FakeServer Hangs(Action? onRequest = null)
    {
        _script.Enqueue(async cancellationToken =>
        {
            var never = new TaskCompletionSource<HttpResponseMessage>(
                TaskCreationOptions.RunContinuationsAsynchronously
            );
            await using var registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            onRequest?.Invoke();
            return await never.Task;
        });
        return this;
    }

    /// <summary>Responds when the test allows it.</summary>
    public FakeServer AnswersLater(Task<HttpResponseMessage> answer)
    {
        _script.Enqueue(cancellationToken => answer.WaitAsync(cancellationToken));
        return this;
    }

    public FakeServer Does(Func<HttpResponseMessage> step)
    {
        _script.Enqueue(_ => Task.FromResult(step()));
        return this;
    }

    public static HttpResponseMessage Response(
        int status,
        string body,
        string type,
        params (string Name, string Value)[] headers
    )
    {
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        string? body = null;
        var isConnected = !_script.TryPeek(out var next) || !_unconnected.Contains(next);
        if (request.Content is { } content && isConnected)
        {
            // The body is written again for each attempt, as on a connection.
            using MemoryStream written = new();
            await content.CopyToAsync(written, CancellationToken.None);
            body = Encoding.UTF8.GetString(written.ToArray());
        }

        Requests.Add(
            new(
                request.Method,
                request.RequestUri!,
                body,
                request.Headers,
                request.Content?.Headers.ContentType,
                time.GetUtcNow()
            )
        );
        Assert.True(_script.Count > 0, $"Nobody expected {request.Method} {request.RequestUri}.");
        return await _script.Dequeue()(cancellationToken);
    }
}
