namespace Serge.Bot.Platforms.Tests;

public sealed class ResultTests
{
    public static TheoryData<Result<string>, Result<int>> Failures =>
        new()
        {
            { new Result<string>.Refused(Refusal.Gone, "why"), new Result<int>.Refused(Refusal.Gone, "why") },
            { new Result<string>.Unauthorized("why"), new Result<int>.Unauthorized("why") },
            { new Result<string>.Unavailable("why"), new Result<int>.Unavailable("why") },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public void AsFailure_OfAFailure_KeepsItsKindAndReason(Result<string> failure, Result<int> expected)
    {
        Assert.Equal(expected, failure.AsFailure<int>());
        Assert.Equal("why", failure.GetReason());
        Assert.False(failure.TryGetValue(out var value));
        Assert.Null(value);
    }

    [Fact]
    public void AValue_ConvertedToAResult_IsASuccess()
    {
        Result<string> result = "text";

        Assert.Equal(new Result<string>.Success("text"), result);
        Assert.True(result.TryGetValue(out var value));
        Assert.Equal("text", value);
        Assert.Equal("", result.GetReason());
        Assert.Throws<InvalidOperationException>(result.AsFailure<int>);
    }
}
