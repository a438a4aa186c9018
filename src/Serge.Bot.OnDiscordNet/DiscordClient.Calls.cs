using System.Text.Json.Nodes;
using Discord;
using Discord.Net;
using Polly.Timeout;

namespace Serge.Bot.OnDiscordNet;

/// <content>Logs in, and calls Discord.Net.</content>
public sealed partial class DiscordClient
{
    private async Task<Result<T>> ReadAsync<T>(
        Func<RequestOptions, Task<T?>> read,
        CancellationToken cancellationToken,
        Action<JsonNode>? changeBody = null
    )
        where T : class
    {
        if (await LogInAsync(cancellationToken) is { } failed)
        {
            return ResponseDecoder.ToResult<T>(failed, null);
        }

        var (call, value) = await CallAsync(read, _options.CallTimeout, cancellationToken, changeBody: changeBody);
        return ResponseDecoder.ToResult(call, value);
    }

    /// <summary>Logs in once; Discord.Net then reads the bot's user.</summary>
    /// <returns>The failed call; <see langword="null"/> after success.</returns>
    private async Task<DiscordCall?> LogInAsync(CancellationToken cancellationToken)
    {
        if (_rest.LoginState == LoginState.LoggedIn)
        {
            return null;
        }

        try
        {
            await _login.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new DiscordCall(cancellationToken)
            {
                Reason = "Discord had not responded when the bot stopped waiting.",
            };
        }

        try
        {
            if (_rest.LoginState == LoginState.LoggedIn)
            {
                return null;
            }

            var token = _options.Token.Trim();
            var (call, _) = await CallAsync(
                _ => ToObjectAsync(_rest.LoginAsync(TokenType.Bot, token, validateToken: false)),
                _options.CallTimeout,
                cancellationToken
            );
            return _rest.LoginState == LoginState.LoggedIn ? null : call;
        }
        finally
        {
            _login.Release();
        }
    }

    /// <summary>Calls Discord.Net and notes the result.</summary>
    private async Task<(DiscordCall Call, T? Value)> CallAsync<T>(
        Func<RequestOptions, Task<T?>> run,
        TimeSpan timeout,
        CancellationToken cancellationToken,
        bool isIdempotent = true,
        bool isInteractionResponse = false,
        Action<JsonNode>? changeBody = null,
        SendDeadline? deadline = null,
        Picture? picture = null
    )
        where T : class
    {
        using var timeoutSource = new CancellationTokenSource(timeout, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeoutSource.Token);
        var call = new DiscordCall(linked.Token)
        {
            IsIdempotent = isIdempotent,
            IsInteractionResponse = isInteractionResponse,
            EndsAt = _clock.GetUtcNow() + timeout,
            ChangeBody = changeBody,
            Deadline = deadline ?? SendDeadline.None,
            Picture = picture,
        };
        DiscordCall.Current = call;

        // Discord.Net would retry messages, too, so it retries after rate limits only.
        var options = new RequestOptions
        {
            CancelToken = linked.Token,
            RetryMode = RetryMode.RetryRatelimit,
            Timeout = (int)timeout.TotalMilliseconds,
        };
        try
        {
            var value = await run(options);
            if (!call.IsForeign)
            {
                return (call, value);
            }

            call.Reason = ResponseDecoder.DescribeForeign(call);
        }
        catch (HttpException e)
        {
            call.Error = e;
            call.Reason = call.IsForeign ? ResponseDecoder.DescribeForeign(call) : ResponseDecoder.Describe(e);
        }
        catch (RateLimitWaitException e)
        {
            call.IsRateLimited = true;
            call.Reason = e.Message;
            call.Status = null;
        }
        catch (TimeoutRejectedException e)
        {
            call.Reason = $"Timeout: Discord did not respond within {e.Timeout.TotalSeconds:0} s.";
        }
        catch (SendDeadlineException e)
        {
            call.Reason = e.Message;
        }
        catch (HttpRequestException e)
        {
            call.Reason = ResponseDecoder.ToLine($"Connection to Discord failed: {PlatformTransport.Describe(e)}");
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            call.Reason = "Discord had not responded when the bot stopped waiting.";

            // It may be the status of an earlier request of the call.
            call.Status = null;
        }
        catch (ArgumentException e) when (call.Status is null && !call.MayHaveExecuted)
        {
            call.IsInvalid = true;
            call.Reason = ResponseDecoder.ToLine(e.Message);
        }
        catch (InvalidOperationException e) when (call.Status is null && !call.MayHaveExecuted)
        {
            // An interaction has expired, or the client of an ended connection was disposed.
            call.Reason = ResponseDecoder.ToLine(e.Message);
        }
        catch (Exception e) when (call.Status is not null)
        {
            var problem = $"{e.GetType().Name}: {e.Message}";
            call.Reason = ResponseDecoder.ToLine($"Discord.Net could not read the response ({problem})");
        }

        return (call, null);
    }

    /// <summary>Makes a task without a result fit for <c>CallAsync</c>.</summary>
    private static async Task<object?> ToObjectAsync(Task task)
    {
        await task;
        return task;
    }
}
