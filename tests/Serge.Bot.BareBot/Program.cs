using Serge.Bot.BareBot;

if (args is not [var api, var token, .. var rest] || rest is not ([] or ["http-client"]))
{
    Console.Error.WriteLine("Arguments: the address of Discord’s API, a token, and optionally http-client.");
    return 2;
}

return await BareBot.RunAsync(new Uri(api), token, usesHttpClient: rest.Length > 0);
