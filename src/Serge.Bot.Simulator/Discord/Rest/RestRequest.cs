using Microsoft.AspNetCore.Routing;

namespace Serge.Bot.Simulator.Discord.Rest;

/// <summary>A request that has passed the checks of the pipeline.</summary>
/// <param name="Context">The HTTP request.</param>
/// <param name="World">The simulated Discord.</param>
/// <param name="Application">The bot of the token; <see langword="null"/> only on routes that need no token.</param>
/// <param name="Body">The JSON body; undefined if there is none.</param>
/// <param name="Files">The files by the number in their field, <c>files[n]</c>.</param>
internal sealed partial record RestRequest(
    HttpContext Context,
    DiscordWorld World,
    Application? Application,
    JsonElement Body,
    IReadOnlyDictionary<long, UploadedFile> Files
)
{
    /// <summary>The bot of the token.</summary>
    public Application Bot => Application ?? throw new InvalidOperationException("The route needs no token.");

    public string GetText(string routeValue) => (string)Context.GetRouteValue(routeValue)!;

    /// <summary>Returns a boolean of the query. Default <see langword="false"/>.</summary>
    public bool GetFlag(string name) => Context.Request.Query[name] is ["1" or "true" or "True", ..];

    public bool TryGetId(string routeValue, out Snowflake id, [NotNullWhen(false)] out RestResponse? error)
    {
        error = null;
        var text = GetText(routeValue);
        if (!Snowflake.TryParse(text, out id))
        {
            error = DiscordError.InvalidForm(
                $"{routeValue}_id",
                "NUMBER_TYPE_COERCE",
                $"Value \"{text}\" is not snowflake."
            );
        }

        return error is null;
    }

    public bool TryGetForm([NotNullWhen(true)] out Form? form, [NotNullWhen(false)] out RestResponse? error)
    {
        form = null;
        error = null;
        if (Body.ValueKind == JsonValueKind.Object)
        {
            form = new Form(Body, "", new FormErrors(), Files);
        }
        else
        {
            error = DiscordError.InvalidForm("", "MODEL_TYPE_CONVERT", Form.NoDictionary);
        }

        return error is null;
    }

    /// <summary>Returns an integer of the query; <see langword="null"/> if it is missing.</summary>
    public bool TryGetNumber(
        string name,
        long min,
        long max,
        out long? number,
        [NotNullWhen(false)] out RestResponse? error
    )
    {
        number = null;
        error = null;
        if (Context.Request.Query[name] is not [{ } text, ..])
        {
            return true;
        }

        FormErrors errors = new();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed))
        {
            number = parsed;
            errors.CheckRange(name, parsed, min, max);
        }
        else
        {
            errors.Add(name, "NUMBER_TYPE_COERCE", $"Value \"{text}\" is not int.");
        }

        if (errors.Any)
        {
            error = DiscordError.InvalidForm(errors);
        }

        return error is null;
    }
}
