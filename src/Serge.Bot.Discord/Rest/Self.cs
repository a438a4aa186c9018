using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Who we are; asked once, since it never changes for a token.</summary>
internal sealed class Self(RestClient rest, TimeSpan patience)
{
    private User? _user;
    private Application? _application;

    /// <summary>Our own user, the author of our messages.</summary>
    public async Task<Result<User>> UserAsync(CancellationToken cancellationToken)
    {
        if (_user is null)
        {
            var answer = await rest.ReadAsync(Route.Me(), DiscordJson.Default.User, patience, cancellationToken);
            if (answer is not Result<User>.Success(var user))
            {
                return answer;
            }

            _user = user.Id is null ? null : user;
        }

        return _user is { } me
            ? new Result<User>.Success(me)
            : new Result<User>.Unavailable("Discord does not say who we are.");
    }

    /// <summary>Our application, the owner of our commands.</summary>
    public async Task<Result<Application>> ApplicationAsync(CancellationToken cancellationToken)
    {
        if (_application is null)
        {
            var answer = await rest.ReadAsync(
                Route.MyApplication(),
                DiscordJson.Default.Application,
                patience,
                cancellationToken
            );
            if (answer is not Result<Application>.Success(var application))
            {
                return answer;
            }

            _application = application.Id is null ? null : application;
        }

        return _application is { } ours
            ? new Result<Application>.Success(ours)
            : new Result<Application>.Unavailable("Discord does not say which application is ours.");
    }
}
