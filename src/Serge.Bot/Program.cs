return await CommandLine.RunAsync(
    args,
    Clocks.SystemClocks,
    Console.Out,
    Console.Error,
    Console.IsInputRedirected ? null : Console.In,
    Terminal.Find()
);
