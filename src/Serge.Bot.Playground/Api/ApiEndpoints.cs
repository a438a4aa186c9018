using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Serge.Bot.Playground.Api;

/// <summary>Maps the API of the page.</summary>
internal static class ApiEndpoints
{
    /// <summary>The longest request, in bytes.</summary>
    private const int MaxRequestLength = 64 * 1024;

    /// <summary>Maps <c>/api/…</c>.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="playground">The playground.</param>
    /// <param name="feed">The state to show.</param>
    /// <param name="stopping">Cancelled when the playground stops.</param>
    public static void MapApi(
        this IEndpointRouteBuilder endpoints,
        PlaygroundContext playground,
        StateFeed feed,
        CancellationToken stopping
    )
    {
        ChannelApi channel = new(playground);
        FaultApi faults = new(playground);
        CatalogueApi catalogue = new(playground);
        PictureApi pictures = new(playground);
        EditingApi editing = new(playground);
        var calendar = endpoints.ServiceProvider.GetRequiredService<CalendarApi>();
        endpoints.MapGet("/api/state", feed.SendStateAsync);
        endpoints.MapGet("/api/events", context => feed.SendEventsAsync(context, stopping));
        MapPost<CommandRequest>(endpoints, "/api/command", channel.SendAsync);
        MapPost<PressRequest>(endpoints, "/api/press", channel.PressButtonAsync);
        MapPost<FaultRequest>(endpoints, "/api/faults", faults.AddFaultAsync);
        MapBotPost<CalendarRequest>(endpoints, "/api/calendar", playground, calendar.SetAsync);
        MapBotPost<WorkerRequest>(endpoints, "/api/worker", playground, faults.ControlWorkerAsync);
        MapBotPost<SaveRequest>(
            endpoints,
            "/api/quote-files",
            playground,
            editing.SaveAsync,
            EditingApi.MaxRequestLength
        );
        MapBotPost<RestoreRequest>(endpoints, "/api/quote-files/restore", playground, editing.RestoreAsync);
        MapBotPost<CorrectRequest>(endpoints, "/api/correct", playground, editing.CorrectAsync);
        endpoints.MapGet("/api/quote-files/{name}", context => SendFileAsync(context, editing, playground));
        endpoints.MapPost("/api/complete", context => AutocompleteAsync(context, channel));
        endpoints.MapGet(PictureApi.Pattern, pictures.SendAsync);
        endpoints.MapGet("/api/upcoming", context => SendUpcomingAsync(context, catalogue));
        endpoints.MapGet("/api/items/{id}", context => SendItemAsync(context, catalogue, playground));
    }

    private static void MapPost<TRequest>(
        IEndpointRouteBuilder endpoints,
        string path,
        Func<TRequest, CancellationToken, Task<ApiResponse>> handle,
        int maxLength = MaxRequestLength
    )
        where TRequest : class => endpoints.MapPost(path, context => HandleAsync(context, handle, maxLength));

    /// <summary>Maps a request that only the playground's own bot can serve.</summary>
    private static void MapBotPost<TRequest>(
        IEndpointRouteBuilder endpoints,
        string path,
        PlaygroundContext playground,
        Func<TRequest, CancellationToken, Task<ApiResponse>> handle,
        int maxLength = MaxRequestLength
    )
        where TRequest : class
    {
        if (playground.HasBot)
        {
            MapPost(endpoints, path, handle, maxLength);
            return;
        }

        ApiResponse refusal = new(Problem: playground.NoBot);
        MapPost<TRequest>(endpoints, path, (_, _) => Task.FromResult(refusal));
    }

    private static async Task HandleAsync<TRequest>(
        HttpContext context,
        Func<TRequest, CancellationToken, Task<ApiResponse>> handle,
        int maxLength
    )
        where TRequest : class
    {
        if (await ReadAsync<TRequest>(context, maxLength) is { } request)
        {
            var response = await handle(request, context.RequestAborted);
            await SendAsync(context, response.GetStatus(), response);
        }
    }

    private static async Task AutocompleteAsync(HttpContext context, ChannelApi channel)
    {
        if (await ReadAsync<CompletionRequest>(context, MaxRequestLength) is { } request)
        {
            var choices = await channel.AutocompleteAsync(request, context.RequestAborted);
            await SendAsync(context, StatusCodes.Status200OK, choices);
        }
    }

    private static async Task SendUpcomingAsync(HttpContext context, CatalogueApi catalogue)
    {
        if (CatalogueApi.ReadWeeks(context.Request) is not { } weeks)
        {
            ApiResponse error = new(Problem: "Set 1 to 12 weeks.");
            await SendAsync(context, StatusCodes.Status400BadRequest, error);
            return;
        }

        var view = await catalogue.GetUpcomingAsync(weeks, context.RequestAborted);
        await SendAsync(context, StatusCodes.Status200OK, view);
    }

    private static async Task SendItemAsync(HttpContext context, CatalogueApi catalogue, PlaygroundContext playground)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (await catalogue.GetItemAsync(id, context.RequestAborted) is { } item)
        {
            await SendAsync(context, StatusCodes.Status200OK, item);
            return;
        }

        const string unknown = "No quotation or event has this id.";
        var problem = playground.Worker.Services is null ? playground.NoBot : unknown;
        await SendProblemAsync(context, StatusCodes.Status404NotFound, problem);
    }

    private static Task SendFileAsync(HttpContext context, EditingApi editing, PlaygroundContext playground)
    {
        if (!playground.HasBot)
        {
            return SendProblemAsync(context, StatusCodes.Status400BadRequest, playground.NoBot);
        }

        var name = (string)context.Request.RouteValues["name"]!;
        return editing.Find(name) is { } file
            ? SendAsync(context, StatusCodes.Status200OK, file)
            : SendProblemAsync(context, StatusCodes.Status404NotFound, "There is no such file.");
    }

    /// <summary>Reads a request; sends the error if it is invalid.</summary>
    private static async Task<TRequest?> ReadAsync<TRequest>(HttpContext context, int maxLength)
        where TRequest : class
    {
        // A form of another site cannot send this content type without a preflight request, which fails.
        if (!context.Request.HasJsonContentType())
        {
            const string problem = "Send JSON, with Content-Type: application/json.";
            await SendProblemAsync(context, StatusCodes.Status415UnsupportedMediaType, problem);
            return null;
        }

        if (context.Request.ContentLength is not { } length || length <= 0 || length > maxLength)
        {
            var problem = $"Send one object of at most {maxLength / 1024} KiB, with its Content-Length.";
            await SendProblemAsync(context, StatusCodes.Status413PayloadTooLarge, problem);
            return null;
        }

        var type = PageJson.GetTypeInfo<TRequest>();
        try
        {
            var request = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
            if (request is null)
            {
                await SendProblemAsync(context, StatusCodes.Status400BadRequest, "Send an object, not null.");
            }

            return request;
        }
        catch (JsonException e)
        {
            await SendProblemAsync(context, StatusCodes.Status400BadRequest, $"The JSON cannot be read: {e.Message}");
            return null;
        }
    }

    private static Task SendProblemAsync(HttpContext context, int status, string problem) =>
        SendAsync(context, status, new ApiResponse(Problem: problem));

    private static Task SendAsync<T>(HttpContext context, int status, T value)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(PageJson.Write(value), context.RequestAborted);
    }
}
