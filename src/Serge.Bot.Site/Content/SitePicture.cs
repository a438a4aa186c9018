namespace Serge.Bot.Site.Content;

/// <summary>A picture that other sites show beside a link to a page.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Description">Its words, for screen readers.</param>
/// <param name="DrawAsync">Draws it as a PNG file; can be called more than once.</param>
public sealed record SitePicture(int Width, int Height, string Description, Func<Task<byte[]>> DrawAsync)
{
    /// <summary>The name of the file, in the folder of the page.</summary>
    public const string FileName = "picture.png";
}
