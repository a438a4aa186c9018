namespace Serge.Bot.Cli;

/// <summary>Keys of posts as people read and type them.</summary>
internal static class PostKey
{
    /// <summary>Among a million posts the first 40 bits of a key are almost certainly unique.</summary>
    private const int ShownLength = 8;

    public static string Shorten(Post post) => Shorten(post.Key);

    public static string Shorten(string key) => key.Length > ShownLength ? key[..ShownLength] : key;
}
