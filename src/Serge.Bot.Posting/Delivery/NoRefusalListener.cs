namespace Serge.Bot.Posting.Delivery;

/// <summary>For workers in which no service is interested in refusals.</summary>
public sealed class NoRefusalListener : IRefusalListener
{
    /// <inheritdoc/>
    public void HandleRefusal(Post post, SendOutcome.Refused refusal) { }

    /// <inheritdoc/>
    public void HandleUnconfirmedRefusal(Post post) { }
}
