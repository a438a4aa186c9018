using System.Text.Json;

namespace Serge.Bot.Simulator.Tests.Specs;

/// <summary>Compares responses with recorded or documented ones: the same fields with the same types.</summary>
internal static class Samples
{
    /// <summary>Finds each field of the sample that is missing or has another type. Lists are compared by their first
    /// items.</summary>
    public static void Compare(JsonNode? sample, JsonNode? answer, string at, List<string> problems)
    {
        if (sample is null || answer is null)
        {
            // Null does not show the type of a value.
            return;
        }

        if (Kind(sample) != Kind(answer))
        {
            problems.Add($"{at}: {Kind(answer)} instead of {Kind(sample)}");
        }
        else if (sample is JsonObject fields)
        {
            foreach (var (name, field) in fields)
            {
                if (answer.AsObject().TryGetPropertyValue(name, out var own))
                {
                    Compare(field, own, $"{at}.{name}", problems);
                }
                else
                {
                    problems.Add($"{at}.{name}: missing");
                }
            }
        }
        else if (sample is JsonArray { Count: > 0 } items && answer is JsonArray { Count: > 0 } own)
        {
            Compare(items[0], own[0], $"{at}[0]", problems);
        }
    }

    private static JsonValueKind Kind(JsonNode node) =>
        node.GetValueKind() is JsonValueKind.False ? JsonValueKind.True : node.GetValueKind();
}
