namespace Serge.Bot.Simulator.Discord;

/// <summary>A bot's gateway session.</summary>
/// <param name="Application">Whose.</param>
/// <param name="SessionId">Which.</param>
/// <param name="IsConnected">Whether there is a connection; otherwise it waits to be resumed.</param>
public sealed record SessionState(Application Application, string SessionId, bool IsConnected);
