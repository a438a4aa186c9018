namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>The errors of a body, per field, in the format of Discord's error 50035.</summary>
/// <remarks>Source: Discord docs, Reference/Error Messages. The docs show only some codes of fields; the others are as
/// observed.</remarks>
internal sealed class FormErrors
{
    private readonly List<(string Path, string Code, string Message)> _errors = [];

    public bool Any => _errors.Count > 0;

    /// <summary>Adds an error.</summary>
    /// <param name="path">Names and indexes joined by dots; empty for the whole body.</param>
    /// <param name="code">Discord's error code.</param>
    /// <param name="message">The text.</param>
    public void Add(string path, string code, string message) => _errors.Add((path, code, message));

    public void CheckRange(string path, long number, long min, long max)
    {
        if (number < min)
        {
            Add(path, "NUMBER_TYPE_MIN", $"int value should be greater than or equal to {min}.");
        }
        else if (number > max)
        {
            Add(path, "NUMBER_TYPE_MAX", $"int value should be less than or equal to {max}.");
        }
    }

    public JsonObject ToJson()
    {
        JsonObject root = [];
        foreach (var (path, code, message) in _errors)
        {
            var node = root;
            foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
            {
                node[name] ??= new JsonObject();
                node = node[name]!.AsObject();
            }

            JsonNode error = new JsonObject { ["code"] = code, ["message"] = message };
            node["_errors"] ??= new JsonArray();
            node["_errors"]!.AsArray().Add(error);
        }

        return root;
    }
}
