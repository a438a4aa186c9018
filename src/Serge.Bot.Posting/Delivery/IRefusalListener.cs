namespace Serge.Bot.Posting.Delivery;

/// <summary>Is informed of posts that a platform has refused.</summary>
public interface IRefusalListener
{
    /// <summary>The refusal is final and recorded in the ledger. Must return at once.</summary>
    void HandleRefusal(Post post, SendOutcome.Refused refusal);

    /// <summary>The post was refused once, and its deadline passed before the second attempt, so it was recorded as
    /// missed. Must return at once.</summary>
    void HandleUnconfirmedRefusal(Post post);
}
