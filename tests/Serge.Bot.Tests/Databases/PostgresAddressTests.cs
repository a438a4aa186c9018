using Npgsql;
using Serge.Bot.Storage;

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
    [InlineData("postgresql://db.example", "db.example", 5432, null, null, null)]
    [InlineData("postgresql://bot:p:q@[::1]/serge", "[::1]", 5432, "serge", "bot", "p:q")]
    public void TryRead_EitherForm_IsTheSame(
        string text,
        string host,
        int port,
        string? database,
        string? user,
        string? password
    )
    {
        Assert.True(PostgresAddress.TryRead(text, out var address));

        var read = new NpgsqlConnectionStringBuilder(address.Reveal());
        Assert.Equal(
            (host, port, database, user, password),
            (read.Host, read.Port, read.Database, read.Username, read.Password)
        );
    }

    [Theory]
    [InlineData("postgresql://db.example/serge?sslmode=verify-full&application_name=a%20bot&connect_timeout=3")]
    [InlineData("Host=db.example;Database=serge;SSL Mode=VerifyFull;Application Name=a bot;Timeout=3")]
    public void TryRead_WhatTheOperatorSets_Wins(string text)
    {
        Assert.True(PostgresAddress.TryRead(text, out var address));

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
    [InlineData("postgresql://bot:se#cr/et@db.example/serge")]
    [InlineData("")]
    [InlineData("=;=")]
    public void TryRead_AnythingElse_IsNone(string text) => Assert.False(PostgresAddress.TryRead(text, out _));

    [Fact]
    public void ToString_HidesThePassword()
    {
        Assert.True(PostgresAddress.TryRead("Host=db.example;Password=secret", out var address));

        Assert.Equal("•••", $"{address}");
    }
}
