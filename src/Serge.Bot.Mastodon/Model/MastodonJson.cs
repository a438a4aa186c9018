using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serge.Bot.Mastodon.Model;

/// <summary>What we send and read, and no more: whatever else a server says is passed over. Nothing is required, for every server leaves
/// something out, and of a name that comes twice the last counts (Mastodon 4.6.4 does that, in a part that we do not read).</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(StatusToSend))]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(Status[]))]
[JsonSerializable(typeof(Repetition))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Instance))]
[JsonSerializable(typeof(Failure))]
internal sealed partial class MastodonJson : JsonSerializerContext;

/// <summary>The body of a new or edited status.</summary>
/// <param name="Status">Plain text.</param>
/// <param name="SpoilerText">Empty for none: left out, an edit would keep the old one.</param>
/// <param name="Sensitive">Said in any case, or else the account's own default applies.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Visibility"><see langword="null"/> in an edit, which cannot change it.</param>
internal sealed record StatusToSend(
    string Status,
    string SpoilerText,
    bool Sensitive,
    string Language,
    string? Visibility
);

/// <summary>A status as servers return it.</summary>
internal sealed record Status
{
    [JsonConverter(typeof(IdConverter))]
    public string? Id { get; init; }

    public string? Url { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>HTML.</summary>
    public string? Content { get; init; }

    /// <summary>What was sent, where the server keeps it and shows it to the author (GoToSocial, snac).</summary>
    public string? Text { get; init; }

    /// <summary>Somebody else's status, where this one only passes it on.</summary>
    public JsonElement? Reblog { get; init; }
}

/// <summary>GoToSocial's answer to a key it has seen.</summary>
internal sealed record Repetition(string? Status);

/// <summary>The account behind the token.</summary>
internal sealed record Account
{
    [JsonConverter(typeof(IdConverter))]
    public string? Id { get; init; }

    public string? Acct { get; init; }

    public string? Url { get; init; }

    public bool? Bot { get; init; }

    /// <summary>HTML.</summary>
    public string? Note { get; init; }

    public AccountSource? Source { get; init; }

    public AccountField[]? Fields { get; init; }
}

/// <summary>A line of the table below an account's description.</summary>
/// <param name="Name">Plain text.</param>
/// <param name="Value">HTML.</param>
internal sealed record AccountField(string? Name, string? Value);

/// <summary>What the owner of an account sees of it.</summary>
/// <param name="Note">Plain text.</param>
internal sealed record AccountSource(string? Note);

/// <summary>A server's description, versions 1 and 2 of it in one.</summary>
internal sealed record Instance
{
    public string? Version { get; init; }

    public InstanceConfiguration? Configuration { get; init; }

    /// <summary>Version 1 of older Pleroma and Akkoma, which have no configuration.</summary>
    public long? MaxTootChars { get; init; }

    /// <summary>Where its source code is, in version 2.</summary>
    public string? SourceUrl { get; init; }

    /// <summary>Mastodon from 4.3 on, in version 2.</summary>
    public ApiVersions? ApiVersions { get; init; }
}

internal sealed record InstanceConfiguration(StatusConfiguration? Statuses);

internal sealed record StatusConfiguration(long? MaxCharacters, long? CharactersReservedPerUrl);

internal sealed record ApiVersions(int? Mastodon);

/// <summary>The body of an error.</summary>
internal sealed record Failure(string? Error);

/// <summary>Ids are opaque text; some servers write them as numbers.</summary>
internal sealed class IdConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => throw new JsonException("An id is text or a number."),
        };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
