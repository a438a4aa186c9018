namespace Serge.Bot.Simulator.Discord;

/// <summary>The state of a gateway session.</summary>
/// <param name="Application">The bot's application.</param>
/// <param name="SessionId">The session's id.</param>
/// <param name="IsConnected">Whether the session has a connection; otherwise it can be resumed.</param>
public sealed record SessionState(Application Application, string SessionId, bool IsConnected);
