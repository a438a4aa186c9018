using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Serge.Bot.Architecture.Tests;

/// <summary>All log messages, approved by a person. Their levels and words are what operators search for.</summary>
public sealed class LogMessageTests
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly string[] Programs =
    [
        "Serge.Bot.Discord",
        "Serge.Bot.Mastodon",
        "Serge.Bot.Platforms",
        "Serge.Bot.Posting",
        "serge",
    ];

    [Fact]
    public void LogMessages_AreAsApproved()
    {
        SortedSet<string> lines = new(StringComparer.Ordinal);
        foreach (var type in Programs.SelectMany(name => Assembly.Load(name).GetTypes()))
        {
            foreach (var method in type.GetMethods(AnyMethod))
            {
                if (method.GetCustomAttribute<LoggerMessageAttribute>() is { } message)
                {
                    lines.Add($"{type.FullName}: {message.Level}: {message.Message}");
                }
            }
        }

        Approved.Verify("log-messages.approved.txt", string.Concat(lines.Select(line => $"{line}\n")));
    }
}
