using Serge.Bot;
using Serge.Bot.Operators;

return await CommandLine.RunAsync(
    args,
    Clocks.System,
    Console.Out,
    Console.Error,
    Console.IsInputRedirected ? null : Console.In,
    Terminal.Find()
);
