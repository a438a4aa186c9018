using Serge.Bot.Simulator.Discord.Model;
using Serge.Bot.Simulator.Mastodon;
using Serge.Bot.Site.Content;

namespace Serge.Bot.Playground.Api;

/// <summary>Sends the pictures of messages and statuses to the page.</summary>
internal sealed class PictureApi(PlaygroundContext playground)
{
    private const string Route = "/api/pictures/";

    /// <summary>The path of all pictures.</summary>
    public const string Pattern = Route + "{platform}/{id}";

    /// <summary>Sends a picture; 404 if there is none.</summary>
    public Task SendAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var isDiscord = (string)context.Request.RouteValues["platform"]! == "discord";
        var png = isDiscord ? FindAttachment(id) : FindMedia(id);
        if (png is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        PageFiles.SetHeaders(context.Response, SiteFile.GetContentType(SitePicture.FileName), png.Length);
        return context.Response.Body.WriteAsync(png, context.RequestAborted).AsTask();
    }

    public static PictureView CreateView(Attachment attachment) =>
        new($"{Route}discord/{attachment.Id}", attachment.Description ?? "")
        {
            // Discord shows such a file after a press.
            IsHidden = attachment.FileName.StartsWith("SPOILER_", StringComparison.Ordinal),
        };

    public static PictureView CreateView(Media media) => new($"{Route}mastodon/{media.Id}", media.Description ?? "");

    private byte[]? FindAttachment(string id) =>
        playground
            .Conversation.Entries.SelectMany(entry => entry.Message?.Attachments ?? [])
            .FirstOrDefault(attachment => attachment.Id.ToString() == id)
            ?.Content;

    private byte[]? FindMedia(string id) =>
        playground.Platforms.World.Mastodon.Media.FirstOrDefault(media => media.Id == id)?.Content;
}

/// <summary>A picture of a message or status.</summary>
/// <param name="Address">Where the page gets it.</param>
/// <param name="Description">Its description; empty for none.</param>
internal sealed record PictureView(string Address, string Description)
{
    /// <summary>Whether it is shown only after a press.</summary>
    public bool IsHidden { get; init; }
}
