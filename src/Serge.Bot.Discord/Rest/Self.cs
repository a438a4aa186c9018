using Serge.Bot.Discord.Model;

namespace Serge.Bot.Discord.Rest;

/// <summary>Who we are; asked once, since it never changes for a token.</summary>
internal sealed class Self(RestClient rest, TimeSpan patience)
{
    private User? _user;
    private Application? _application;

    /// <summary>Our own user, the author of our messages.</summary>
    public async Task<Answer<User>> UserAsync(CancellationToken cancellationToken)
    {
        if (_user is { } known)
        {
            return new Answer<User>.Got(known);
        }

        var answer = await rest.ReadAsync(Route.Me(), DiscordJson.Default.User, patience, cancellationToken);
        if (answer is not Answer<User>.Got({ Id: not null } user))
        {
            return answer is Answer<User>.Got ? new Answer<User>.Unavailable("Discord does not say who we are.") : answer;
        }

        _user = user;
        return answer;
    }

    /// <summary>Our application, the owner of our commands.</summary>
    public async Task<Answer<Application>> ApplicationAsync(CancellationToken cancellationToken)
    {
        if (_application is { } known)
        {
            return new Answer<Application>.Got(known);
        }

        var answer = await rest.ReadAsync(Route.MyApplication(), DiscordJson.Default.Application, patience, cancellationToken);
        if (answer is not Answer<Application>.Got({ Id: not null } application))
        {
            return answer is Answer<Application>.Got ? new Answer<Application>.Unavailable("Discord does not say which application is ours.") : answer;
        }

        _application = application;
        return answer;
    }
}
