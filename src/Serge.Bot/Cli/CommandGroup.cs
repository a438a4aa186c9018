using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary>Commands that the overview lists under one heading.</summary>
internal sealed record CommandGroup(string Heading, IReadOnlyList<Command> Commands);
