using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Playground.Api;

/// <summary>What the page asks of the playground.</summary>
internal static class ApiEndpoints
{
    /// <summary>Requests of the page are a line of text; more than this is none of hers.</summary>
    private const int LargestRequest = 64 * 1024;

    private static readonly Answer NobodyKnows = new(
        Problem: "Nobody can tell while the bot is dead. Start it on the first page."
    );

    /// <summary>Maps <c>/api/…</c>.</summary>
    /// <param name="endpoints">Where.</param>
    /// <param name="playground">What is moved.</param>
    /// <param name="feed">What is shown.</param>
    /// <param name="closing">The end of the playground.</param>
    public static void MapApi(
        this IEndpointRouteBuilder endpoints,
        PlaygroundParts playground,
        EventFeed feed,
        CancellationToken closing
    )
    {
        ChannelApi channel = new(playground);
        LeverApi levers = new(playground);
        BookApi book = new(playground);
        var calendar = endpoints.ServiceProvider.GetRequiredService<CalendarApi>();
        endpoints.MapGet("/api/state", feed.SendStateAsync);
        endpoints.MapGet("/api/events", context => feed.SendAsync(context, closing));
        Map<CommandRequest>(endpoints, "/api/command", channel.CommandAsync);
        Map<PressRequest>(endpoints, "/api/press", channel.PressAsync);
        Map<CalendarRequest>(endpoints, "/api/calendar", calendar.TurnAsync);
        Map<TroubleRequest>(endpoints, "/api/faults", levers.MakeTroubleAsync);
        Map<WorkerRequest>(endpoints, "/api/worker", levers.TouchWorkerAsync);
        endpoints.MapGet(
            "/api/coming",
            async context =>
            {
                var (status, coming, problem) = await book.ComingAsync(context);
                await (coming is null ? SendAsync(context, status, problem!) : SendAsync(context, status, coming));
            }
        );
        endpoints.MapGet(
            "/api/items",
            context =>
                book.All() is { } all
                    ? SendAsync(context, StatusCodes.Status200OK, all)
                    : SendAsync(context, StatusCodes.Status404NotFound, NobodyKnows)
        );
        endpoints.MapGet(
            "/api/items/{id}",
            async context =>
                await (
                    await book.ItemAsync((string)context.Request.RouteValues["id"]!, context.RequestAborted) is { } item
                        ? SendAsync(context, StatusCodes.Status200OK, item)
                        : SendAsync(
                            context,
                            StatusCodes.Status404NotFound,
                            playground.Seat.Services is null
                                ? NobodyKnows
                                : new Answer(Problem: "No quotation or event has this id.")
                        )
                )
        );
        endpoints.MapPost(
            "/api/complete",
            async context =>
            {
                if (await ReadAsync<CompletionRequest>(context) is { } request)
                {
                    await SendAsync(
                        context,
                        StatusCodes.Status200OK,
                        await channel.CompleteAsync(request, context.RequestAborted)
                    );
                }
            }
        );
    }

    private static void Map<TRequest>(
        IEndpointRouteBuilder endpoints,
        string path,
        Func<TRequest, CancellationToken, Task<Answer>> answer
    )
        where TRequest : class =>
        endpoints.MapPost(
            path,
            async context =>
            {
                if (await ReadAsync<TRequest>(context) is { } request)
                {
                    var answered = await answer(request, context.RequestAborted);
                    await SendAsync(
                        context,
                        answered.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
                        answered
                    );
                }
            }
        );

    /// <summary>Reads a request; one that cannot be read is answered here.</summary>
    private static async Task<TRequest?> ReadAsync<TRequest>(HttpContext context)
        where TRequest : class
    {
        // A form of another site cannot send this type without asking first, and the answer to that would be no.
        if (!context.Request.HasJsonContentType())
        {
            await SendAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                new Answer(Problem: "Send JSON, with Content-Type: application/json.")
            );
            return null;
        }

        if (context.Request.ContentLength is not (> 0 and <= LargestRequest))
        {
            await SendAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                new Answer(Problem: "Send one object of at most 64 KiB, with its Content-Length.")
            );
            return null;
        }

        try
        {
            if (
                await JsonSerializer.DeserializeAsync(
                    context.Request.Body,
                    PageJson.TypeOf<TRequest>(),
                    context.RequestAborted
                ) is
                { } request
            )
            {
                return request;
            }
        }
        catch (JsonException e)
        {
            await SendAsync(
                context,
                StatusCodes.Status400BadRequest,
                new Answer(Problem: $"The JSON cannot be read: {e.Message}")
            );
            return null;
        }

        await SendAsync(context, StatusCodes.Status400BadRequest, new Answer(Problem: "Send an object, not null."));
        return null;
    }

    private static Task SendAsync<T>(HttpContext context, int status, T value)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(PageJson.Write(value), context.RequestAborted);
    }
}
