using Serge.Bot.Playground;

return await Launch.RunAsync(args, Console.Out, Console.Error);
