namespace Serge.Bot.Cards;

/// <summary>A card cannot be drawn. The message says why and what to do.</summary>
public sealed class CardException(string message) : Exception(message);
