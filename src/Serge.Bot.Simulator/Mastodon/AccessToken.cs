namespace Serge.Bot.Simulator.Mastodon;

/// <param name="Account">The account of the token; <see langword="null"/> for an application's own token.</param>
/// <param name="Application">The application of the token.</param>
/// <param name="Scopes">The allowed scopes, such as <c>write:statuses</c>, or <c>write</c> for all of them.</param>
internal sealed record AccessToken(Account? Account, string Application, IReadOnlySet<string> Scopes);
