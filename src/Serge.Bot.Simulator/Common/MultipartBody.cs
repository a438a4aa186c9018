using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Serge.Bot.Simulator.Common;

/// <summary>A body of the type <c>multipart/form-data</c>.</summary>
internal sealed class MultipartBody
{
    private MultipartBody() { }

    /// <summary>The fields without a file name.</summary>
    public List<(string Name, string Value)> Texts { get; } = [];

    /// <summary>The fields with a file name.</summary>
    public List<(string Name, UploadedFile File)> Files { get; } = [];

    public static bool IsMultipart(HttpRequest request) =>
        (request.ContentType ?? "").StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a body; <see langword="null"/> if it is malformed, or a name is not in quotation marks, which
    /// some servers refuse.</summary>
    public static async Task<MultipartBody?> ReadAsync(HttpRequest request, byte[] body)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary
        )
        {
            return null;
        }

        MultipartBody result = new();
        try
        {
            MultipartReader reader = new(boundary, new MemoryStream(body));
            while (await reader.ReadNextSectionAsync() is { } section)
            {
                if (!await result.TryAddAsync(section))
                {
                    return null;
                }
            }

            return result;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return null;
        }
    }

    private async Task<bool> TryAddAsync(MultipartSection section)
    {
        if (
            !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || !section.ContentDisposition!.Contains("; name=\"", StringComparison.Ordinal)
        )
        {
            return false;
        }

        using MemoryStream content = new();
        await section.Body.CopyToAsync(content);
        var name = disposition.Name.Value!;
        if (disposition.FileName.HasValue)
        {
            var fileName = disposition.FileName.Value!;
            UploadedFile file = new(fileName, section.ContentType ?? "", content.ToArray());
            Files.Add((name, file));
        }
        else
        {
            var text = Encoding.UTF8.GetString(content.ToArray());
            Texts.Add((name, text));
        }

        return true;
    }
}
