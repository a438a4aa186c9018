using System.Globalization;

// Nothing depends on the language of the machine, and with an invalid LC_ALL .NET ends the process when it looks the
// language up.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

StartupMemory.DeferCollections();
OutputEncoding.SetUtf8();

CommandContext context = new()
{
    Output = Console.Out,
    Error = Console.Error,
    Input = Console.IsInputRedirected ? null : Console.In,
    Terminal = Terminal.Find(),
    ErrorTerminal = Terminal.FindForErrors(),
};
return await CommandLine.RunAsync(args, context);
