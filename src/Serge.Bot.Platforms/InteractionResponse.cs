namespace Serge.Bot.Platforms;

/// <summary>The HTTP response to the request with which Discord sends an interaction. It contains the first reply, if
/// that is ready in time and has no file; this saves a request to Discord.</summary>
/// <remarks>Source: Discord docs, Interactions/Receiving and Responding: the response has the same JSON as a request to
/// the callback route.</remarks>
public sealed class InteractionResponse
{
    private readonly TaskCompletionSource<byte[]?> _body = new();
    private readonly TaskCompletionSource<bool> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sends a reply in the response. Called by the client.</summary>
    /// <param name="json">The reply.</param>
    /// <returns>Whether the response was sent. Otherwise the reply is to be sent by a request.</returns>
    public async Task<bool> TrySendAsync(byte[] json) => _body.TrySetResult(json) && await _sent.Task;

    /// <summary>Ends the request without a reply. Called by the client, which sends the reply by a request.</summary>
    public void Release() => _body.TrySetResult(null);

    /// <summary>Waits for the reply. Called by the web server, which then calls <see cref="Complete"/>.</summary>
    /// <param name="cancellationToken">Ends the wait. Does not throw.</param>
    /// <returns>The reply; <see langword="null"/> if it is not in the response.</returns>
    public async Task<byte[]?> WaitAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static response => ((InteractionResponse)response!).Release(),
            this
        );
        return await _body.Task;
    }

    /// <summary>Reports the end of the request. Called by the web server.</summary>
    /// <param name="isSent">Whether the reply was sent.</param>
    public void Complete(bool isSent) => _sent.TrySetResult(isSent);
}
