using System.Text.Json.Nodes;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>What is wrong with a body, field by field, in the shape of Discord's error 50035.</summary>
/// <remarks>Source: Discord docs, Reference/Error Messages. The codes of single fields are only documented by example; the rest are those
/// seen in the field.</remarks>
internal sealed class FormErrors
{
    private readonly List<(string Path, string Code, string Message)> _found = [];

    public bool Any => _found.Count > 0;

    /// <summary>Adds one.</summary>
    /// <param name="path">Names and indexes joined by dots; empty for the body as a whole.</param>
    /// <param name="code">For machines.</param>
    /// <param name="message">For people.</param>
    public void Add(string path, string code, string message) => _found.Add((path, code, message));

    public JsonObject ToJson()
    {
        JsonObject root = [];
        foreach (var (path, code, message) in _found)
        {
            var node = root;
            foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
            {
                node = Child(node, step);
            }

            if (node["_errors"] is not JsonArray list)
            {
                node["_errors"] = list = [];
            }

            list.Add((JsonNode)new JsonObject { ["code"] = code, ["message"] = message });
        }

        return root;
    }

    private static JsonObject Child(JsonObject node, string name)
    {
        if (node[name] is not JsonObject child)
        {
            node[name] = child = [];
        }

        return child;
    }
}
