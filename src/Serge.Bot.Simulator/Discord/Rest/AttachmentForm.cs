namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>Reads the files of a message, and checks Discord's limits.</summary>
/// <remarks>Source: Discord docs, Reference, Uploading Files; Resources/Message, Attachment Structure.</remarks>
internal static class AttachmentForm
{
    private const int MaxFiles = 10;
    private const int MaxDescriptionLength = 1024;

    /// <summary>The largest file of a bot without boosts of the guild: 10 MiB.</summary>
    public const int MaxFileLength = 10 * 1024 * 1024;

    /// <returns><see langword="null"/> if the request says nothing about files: those of an edited message
    /// stay.</returns>
    public static IReadOnlyList<AttachmentDraft>? Read(Form form)
    {
        var listed = form.GetObjects("attachments", MaxFiles);
        if (listed is null && form.Files.Count == 0)
        {
            return form.IsNull("attachments") ? [] : null;
        }

        List<AttachmentDraft> drafts = [];
        HashSet<long> named = [];
        foreach (var item in listed ?? [])
        {
            var id = item.GetInteger("id", 0, long.MaxValue);
            item.GetText("filename", 1024);
            var description = item.GetText("description", MaxDescriptionLength);
            if (id is null)
            {
                item.AddRequiredError("id");
                continue;
            }

            named.Add(id.Value);
            var file = form.Files.GetValueOrDefault(id.Value);
            Snowflake snowflake = new((ulong)id);
            drafts.Add(new AttachmentDraft(file, snowflake, description));
        }

        // A file that the list does not name is attached, too.
        foreach (var (index, file) in form.Files)
        {
            if (!named.Contains(index))
            {
                drafts.Add(new AttachmentDraft(file, default, Description: null));
            }
        }

        return drafts;
    }
}
