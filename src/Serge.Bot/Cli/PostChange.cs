namespace Serge.Bot.Cli;

/// <summary>What to do with one post. A closed set.</summary>
/// <param name="Post">As in the ledger.</param>
internal abstract record PostChange(Post Post)
{
    /// <summary>Replace its content, on the platform or before it is sent.</summary>
    public sealed record Edit(Post Post, Payload Payload, IReadOnlyList<string> Items) : PostChange(Post);

    /// <summary>Delete it on the platform, or do not send it.</summary>
    public sealed record Delete(Post Post) : PostChange(Post);

    /// <summary>Nothing can be done now.</summary>
    /// <param name="Post">As in the ledger.</param>
    /// <param name="Reason">Why, and what an operator can do.</param>
    public sealed record Impossible(Post Post, string Reason) : PostChange(Post)
    {
        /// <summary>Whether it would be possible with higher limits of the platform.</summary>
        public bool IsTooLong { get; init; }
    }
}
