using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Serge.Bot.Playground.Api;

/// <summary>What the pages beside the first one show: the coming weeks, and each quotation and event with its provenance. It asks the worker, as <c>serge plan</c> and <c>serge preview</c> would.</summary>
internal sealed class BookApi(PlaygroundParts playground)
{
    private const int UsualWeeks = 4;
    private const int MostWeeks = 12;

    /// <summary><c>GET /api/coming?weeks=4</c>: 1 to 12 weeks from the calendar's day on.</summary>
    public async Task<(int Status, ComingView? View, Answer? Problem)> ComingAsync(HttpContext context)
    {
        var weeks = UsualWeeks;
        if (
            context.Request.Query["weeks"].ToString() is { Length: > 0 } asked
            && (
                !int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out weeks)
                || weeks is < 1 or > MostWeeks
            )
        )
        {
            return (StatusCodes.Status400BadRequest, null, new Answer(Problem: "Ask for 1 to 12 weeks."));
        }

        var zone = playground.Settings.TimeZone;
        var today = Travel.DayOf(playground.Calendar.GetUtcNow(), zone);
        var services = playground.Seat.Services;
        var plan = services is null
            ? null
            : await AskAsync(() =>
                services
                    .GetRequiredService<PlanBuilder>()
                    .BuildAsync(TimeSpan.FromDays(weeks * 7), context.RequestAborted)
            );
        return (
            StatusCodes.Status200OK,
            ComingView.Of(
                plan,
                today,
                weeks * 7,
                zone,
                plan is null ? null : services!.GetRequiredService<LiveCatalogue>().Unfiltered
            ),
            null
        );
    }

    /// <summary><c>GET /api/items</c>: all of them; <see langword="null"/> while no worker has them.</summary>
    public BookView? All() =>
        playground.Seat.Services is { } services
            ? BookView.Of(services.GetRequiredService<LiveCatalogue>().Unfiltered)
            : null;

    /// <summary><c>GET /api/items/{id}</c>; <see langword="null"/> when there is no such quotation or event, or no worker that has it.</summary>
    public async Task<ItemView?> ItemAsync(string id, CancellationToken cancellationToken) =>
        playground.Seat.Services is not { } services
            ? null
            : await AskAsync(async () =>
            {
                var whole = services.GetRequiredService<LiveCatalogue>().Unfiltered;
                var previewer = services.GetRequiredService<ItemPreviewer>();
                var withdrawn = await services
                    .GetRequiredService<IOperatorLedger>()
                    .GetWithdrawalsAsync(cancellationToken);
                DateTimeOffset? since = withdrawn.TryGetValue(id, out var moment) ? moment : null;
                var today = Travel.DayOf(playground.Calendar.GetUtcNow(), playground.Settings.TimeZone);
                if (whole.FindQuote(id) is { } quote)
                {
                    return ItemView.Of(quote, whole, previewer.Preview(quote, since));
                }

                if (whole.FindEvent(id) is not { } e)
                {
                    return null;
                }

                var others = withdrawn.Keys.Where(other => other != id).ToHashSet(StringComparer.Ordinal);
                return ItemView.Of(e, whole, previewer.Preview(e, whole.Exclude(others), today, since));
            });

    /// <summary>A worker that is killed while it is asked has nothing to say.</summary>
    private static async Task<T?> AskAsync<T>(Func<Task<T>> ask)
        where T : class?
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException or LedgerException)
        {
            return null;
        }
    }
}
