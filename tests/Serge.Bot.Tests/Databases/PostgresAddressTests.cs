using Npgsql;

namespace Serge.Bot.Tests.Databases;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData(
        "Host=db.example;Port=5433;Database=serge;Username=bot;Password='a;b'",
        "db.example",
        5433,
        "serge",
        "bot",
        "a;b"
    )]
    [InlineData("host=db.example;user id=bot", "db.example", 5432, null, "bot", null)]
    [InlineData("postgresql://bot:a%3Bb%40@db.example:5433/serge", "db.example", 5433, "serge", "bot", "a;b@")]
    [InlineData("postgres://bot@db.example/serge", "db.example", 5432, "serge", "bot", null)]
    [InlineData("postgres://bot@db.example:0/", "db.example", 5432, null, "bot", null)]
    [InlineData("postgres://bot@db.example:1/s", "db.example", 1, "s", "bot", null)]
    [InlineData("postgresql://db.example", "db.example", 5432, null, null, null)]
    [InlineData("postgresql://bot:p:q@[::1]/serge", "[::1]", 5432, "serge", "bot", "p:q")]
    public void TryParse_EitherForm_IsTheSame(
        string text,
        string host,
        int port,
        string? database,
        string? user,
        string? password
    )
    {
        Assert.True(PostgresAddress.TryParse(text, out var address));

        var read = new NpgsqlConnectionStringBuilder(address.Reveal());
        Assert.Equal(
            (host, port, database, user, password),
            (read.Host, read.Port, read.Database, read.Username, read.Password)
        );
    }

    [Theory]
    [InlineData("postgresql://db.example/serge?sslmode=verify-full&application_name=a%20bot&connect_timeout=3")]
    [InlineData("Host=db.example;Database=serge;SSL Mode=VerifyFull;Application Name=a bot;Timeout=3")]
    public void TryParse_WhatTheOperatorSets_Wins(string text)
    {
        Assert.True(PostgresAddress.TryParse(text, out var address));

        var read = new NpgsqlConnectionStringBuilder(address.Reveal());
        Assert.Equal(
            (SslMode.VerifyFull, "a bot", 3, 10),
            (read.SslMode, read.ApplicationName, read.Timeout, read.CommandTimeout)
        );
    }

    [Theory]
    [InlineData("serge.db")]
    [InlineData("Database=serge;Username=serge")]
    [InlineData("Host=db.example;Pasword=secret")]
    [InlineData("Host=db.example;Port=many")]
    [InlineData("Host=db.example;Port=99999999999")]
    [InlineData("postgresql://")]
    [InlineData("postgresql:///serge")]
    [InlineData("postgresql://db.example/serge?colour=red")]
    [InlineData("postgresql://db.example/serge?colour")]
    [InlineData("postgresql://db.example/serge?channel_binding=often")]
    [InlineData("postgresql://db.example/serge?target_session_attrs=fast")]
    [InlineData("postgresql://bot:se#cr/et@db.example/serge")]
    [InlineData("")]
    [InlineData("=;=")]
    public void TryParse_AnythingElse_IsNone(string text) => Assert.False(PostgresAddress.TryParse(text, out _));

    [Fact]
    public void TryParse_WhatFollowsTheQuestionMark_GoesByTheNamesOfLibpq()
    {
        Assert.True(
            PostgresAddress.TryParse(
                "postgres://db.example?sslmode=verify-ca&sslrootcert=a.pem&sslcert=b.pem&sslkey=c.pem&options=-c%20x=1&Maximum Pool Size=3&connect_timeout=7&host=other.example",
                out var address
            )
        );

        var read = new NpgsqlConnectionStringBuilder(address.Reveal());
        Assert.Equal(
            (SslMode.VerifyCA, "a.pem", "b.pem", "c.pem", "-c x=1", 3, 7, "other.example"),
            (
                read.SslMode,
                read.RootCertificate,
                read.SslCertificate,
                read.SslKey,
                read.Options,
                read.MaxPoolSize,
                read.Timeout,
                read.Host
            )
        );
    }

    /// <summary>Hosters write these options into the addresses that they show. Each row: the option, and the values of
    /// the driver.</summary>
    [Theory]
    [InlineData("channel_binding=require", ChannelBinding.Require, null)]
    [InlineData("channel_binding=disable", ChannelBinding.Disable, null)]
    [InlineData("target_session_attrs=read-write", ChannelBinding.Prefer, null)]
    [InlineData("target_session_attrs=any", ChannelBinding.Prefer, null)]
    [InlineData("host=a.example,b.example&target_session_attrs=read-write", ChannelBinding.Prefer, "read-write")]
    [InlineData("target_session_attrs=prefer-primary&host=a,b", ChannelBinding.Prefer, "prefer-primary")]
    [InlineData("host=a.example,b.example&target_session_attrs=primary", ChannelBinding.Prefer, "primary")]
    public void TryParse_OptionsThatHostersUse_AreThoseOfTheDriver(
        string options,
        ChannelBinding binding,
        string? session
    )
    {
        Assert.True(PostgresAddress.TryParse($"postgresql://bot@db.example/serge?{options}", out var address));

        var read = new NpgsqlConnectionStringBuilder(address.Reveal());
        Assert.Equal((binding, session), (read.ChannelBinding, read.TargetSessionAttributes));
    }

    [Fact]
    public void TryParse_WhatTheOperatorDoesNotSet_IsOurs()
    {
        Assert.True(PostgresAddress.TryParse("Host=db.example", out var address));

        var read = new NpgsqlConnectionStringBuilder(address.Reveal());
        Assert.Equal(
            (10, 10, 10, "Serge.Bot"),
            (read.Timeout, read.CommandTimeout, read.MaxPoolSize, read.ApplicationName)
        );
    }

    [Theory]
    [InlineData("postgres://db.example", true)]
    [InlineData("POSTGRESQL://db.example", true)]
    [InlineData("host=db.example;Database=serge", true)]
    [InlineData("Database=serge;HOST=db.example", true)]
    [InlineData("Host=db.example", false)] // a file may have this name
    [InlineData("a;b.db", false)]
    [InlineData("serge.db", false)]
    [InlineData("data/postgres://", false)]
    public void LooksLikeAddress_DistinguishesAServerFromAFile(string text, bool isAddress) =>
        Assert.Equal(isAddress, PostgresAddress.LooksLikeAddress(text));

    [Theory]
    [InlineData("postgres://:secret@db.example/serge", null, null)] // no user
    [InlineData("postgres://bot:@db.example/serge", "bot", "")]
    [InlineData("postgres://bot@db.example/", "bot", null)]
    public void TryParse_OfAUri_TakesUserAndPasswordAsTheyAre(string text, string? user, string? password)
    {
        Assert.True(PostgresAddress.TryParse(text, out var address));

        var read = new NpgsqlConnectionStringBuilder(address.Reveal());
        Assert.Equal((user, password ?? ""), (read.Username, read.Password ?? ""));
    }

    [Fact]
    public void ToString_HidesThePassword()
    {
        Assert.True(PostgresAddress.TryParse("Host=db.example;Password=secret", out var address));

        Assert.Equal("•••", $"{address}");
    }
}
