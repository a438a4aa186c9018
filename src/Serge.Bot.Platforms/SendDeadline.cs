using System.Net;

namespace Serge.Bot.Platforms;

/// <summary>Until when the body of a request may begin to be sent: later another worker may send the same
/// post.</summary>
/// <remarks>A process can be stopped, a container paused, or a machine put to sleep between any two instructions, so
/// the deadline is checked when the first byte of the body is written. The monotonic clock may not count time while the
/// machine sleeps, and the system clock can be set, so both must agree that there is time left.</remarks>
public sealed class SendDeadline
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _length;
    private readonly long _startTimestamp;
    private readonly DateTimeOffset _end;

    /// <param name="systemClock">The system clock.</param>
    /// <param name="length">The time from now until the deadline.</param>
    public SendDeadline(TimeProvider systemClock, TimeSpan length)
    {
        ArgumentNullException.ThrowIfNull(systemClock);
        _clock = systemClock;
        _length = length;
        _startTimestamp = systemClock.GetTimestamp();
        _end = systemClock.GetUtcNow() + length;
    }

    private SendDeadline()
    {
        _clock = TimeProvider.System;
        _length = TimeSpan.MaxValue;
        _end = DateTimeOffset.MaxValue;
    }

    /// <summary>No deadline: no other worker sends the same request.</summary>
    public static SendDeadline None { get; } = new();

    /// <summary>Whether either clock has reached the deadline.</summary>
    public bool HasPassed => _clock.GetElapsedTime(_startTimestamp) >= _length || _clock.GetUtcNow() >= _end;

    /// <exception cref="SendDeadlineException">The deadline has passed.</exception>
    public void ThrowIfPassed()
    {
        if (HasPassed)
        {
            throw new SendDeadlineException();
        }
    }
}

/// <summary>A request was not sent because its <see cref="SendDeadline"/> had passed. Not retried.</summary>
public sealed class SendDeadlineException()
    : Exception("Not sent: the time in which only this worker may send it had passed.");

/// <summary>The body of a request, of which no byte is written after a <see cref="SendDeadline"/>.</summary>
/// <remarks>The transport writes the body after it has connected, and again when it repeats a request on another
/// connection; each time the deadline is checked.</remarks>
public sealed class DeadlineContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly SendDeadline _deadline;

    /// <param name="content">The body. Owned by this object from now on.</param>
    /// <param name="deadline">Until when it may begin to be sent.</param>
    public DeadlineContent(HttpContent content, SendDeadline deadline)
    {
        ArgumentNullException.ThrowIfNull(content);
        _content = content;
        _deadline = deadline;
        foreach (var header in content.Headers)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    /// <summary>Whether a byte may have been written since <see cref="BeginAttempt"/>. Before, the request was
    /// certainly not executed.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Notes that the request is sent, for the first time or again.</summary>
    public void BeginAttempt() => HasStarted = false;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        _deadline.ThrowIfPassed();
        HasStarted = true;
        return _content.CopyToAsync(stream, context, cancellationToken);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength ?? 0;
        return _content.Headers.ContentLength is not null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }
}
