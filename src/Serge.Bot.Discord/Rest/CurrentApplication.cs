using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Reads the bot's user and application, and keeps them: their ids never change for a token.</summary>
internal sealed class CurrentApplication(RestClient rest, TimeSpan timeout)
{
    private Result<UserModel>? _user;
    private Result<ApplicationModel>? _application;

    /// <summary>The bot's user with its id.</summary>
    public async Task<Result<UserModel>> GetUserAsync(CancellationToken cancellationToken)
    {
        if (_user is not null)
        {
            return _user;
        }

        var read = await rest.ReadAsync(Route.CurrentUser(), UserModel.Read, timeout, cancellationToken);
        if (read is Result<UserModel>.Success({ Id: null }))
        {
            return new Result<UserModel>.Unavailable("Discord's response does not contain the id of the bot's user.");
        }

        _user = read as Result<UserModel>.Success;
        return read;
    }

    /// <summary>The bot's application with its id. It is requested once.</summary>
    public async Task<Result<ApplicationModel>> GetApplicationAsync(CancellationToken cancellationToken) =>
        _application ?? await ReadApplicationAsync(cancellationToken);

    /// <summary>Requests the bot's application, so that a token that was reset is noticed.</summary>
    public async Task<Result<ApplicationModel>> ReadApplicationAsync(CancellationToken cancellationToken)
    {
        var route = Route.CurrentApplication();
        var read = await rest.ReadAsync(route, ApplicationModel.Read, timeout, cancellationToken);
        if (read is Result<ApplicationModel>.Success({ Id: null }))
        {
            return new Result<ApplicationModel>.Unavailable(
                "Discord's response does not contain the application's id."
            );
        }

        if (read is Result<ApplicationModel>.Success)
        {
            _application = read;
        }

        return read;
    }
}
