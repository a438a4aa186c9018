CommandContext context = new()
{
    Output = Console.Out,
    Error = Console.Error,
    Input = Console.IsInputRedirected ? null : Console.In,
    Terminal = Terminal.Find(),
};
return await CommandLine.RunAsync(args, context);
