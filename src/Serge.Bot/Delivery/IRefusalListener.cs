namespace Serge.Bot.Delivery;

/// <summary>Hears of posts that a platform has refused for good.</summary>
internal interface IRefusalListener
{
    /// <summary>A post was refused, and that is written down. Returns at once.</summary>
    void Refused(Post post, SendOutcome.Refused refusal);
}
