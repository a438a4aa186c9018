using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>A request that got through to its route.</summary>
/// <param name="Context">The HTTP side of it.</param>
/// <param name="World">The Discord it is made to.</param>
/// <param name="Application">Whose it is; the owner of no token only where the route asks for none.</param>
/// <param name="Body">The JSON body; undefined where there is none.</param>
internal sealed record RestRequest(HttpContext Context, DiscordWorld World, Application? Application, JsonElement Body)
{
    /// <summary>The bot whose token it carries.</summary>
    public Application Bot => Application ?? throw new InvalidOperationException("The route asks for no token.");

    public string Text(string routeValue) => (string)Context.GetRouteValue(routeValue)!;

    /// <summary>A yes or no of the query; a missing one is a no.</summary>
    public bool Query(string name) => Context.Request.Query[name] is ["1" or "true" or "True", ..];

    public bool TryId(string routeValue, out Snowflake id, [NotNullWhen(false)] out Answer? refusal)
    {
        var text = Text(routeValue);
        refusal = Snowflake.TryParse(text, out id)
            ? null
            : DiscordError.InvalidForm($"{routeValue}_id", "NUMBER_TYPE_COERCE", $"Value \"{text}\" is not snowflake.");
        return refusal is null;
    }

    public bool TryForm(FormErrors errors, out Form form, [NotNullWhen(false)] out Answer? refusal)
    {
        form = new Form(Body, "", errors);
        refusal =
            Body.ValueKind == JsonValueKind.Object
                ? null
                : DiscordError.InvalidForm("", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        return refusal is null;
    }

    /// <summary>A whole number of the query; <see langword="null"/> where it is missing.</summary>
    public bool TryQuery(string name, long min, long max, out long? number, [NotNullWhen(false)] out Answer? refusal)
    {
        (number, refusal) = (null, null);
        if (Context.Request.Query[name] is not [{ } text, ..])
        {
            return true;
        }

        FormErrors errors = new();
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read))
        {
            errors.Add(name, "NUMBER_TYPE_COERCE", $"Value \"{text}\" is not int.");
        }
        else if (read < min)
        {
            errors.Add(name, "NUMBER_TYPE_MIN", $"int value should be greater than or equal to {min}.");
        }
        else if (read > max)
        {
            errors.Add(name, "NUMBER_TYPE_MAX", $"int value should be less than or equal to {max}.");
        }

        number = read;
        refusal = errors.Any ? DiscordError.InvalidForm(errors) : null;
        return refusal is null;
    }
}
