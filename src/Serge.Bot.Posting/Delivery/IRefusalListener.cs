namespace Serge.Bot.Posting.Delivery;

/// <summary>Hears of posts that a platform has refused for good.</summary>
public interface IRefusalListener
{
    /// <summary>A post was refused, and that is written down. Returns at once.</summary>
    void HandleRefusal(Post post, SendOutcome.Refused refusal);
}
