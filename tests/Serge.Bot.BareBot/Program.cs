using Serge.Bot.BareBot;

if (args is not [var api, var token])
{
    Console.Error.WriteLine("Arguments: the address of Discord’s API, and a token.");
    return 2;
}

return await BareBot.RunAsync(new Uri(api), token);
