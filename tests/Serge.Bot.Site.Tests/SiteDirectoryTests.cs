using System.Text;

namespace Serge.Bot.Site.Tests;

/// <summary>Changed files are written to the folder, and obsolete files are deleted.</summary>
public sealed class SiteDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_Twice_WritesNothingTheSecondTime()
    {
        var first = await WriteAsync(("a/index.html", "a"), ("b.json", "b"));
        var second = await WriteAsync(("a/index.html", "a"), ("b.json", "b"));

        Assert.Equal(new SiteChanges(2, 2, 0), first);
        Assert.Equal(new SiteChanges(2, 0, 0), second);
    }

    [Fact]
    public async Task Write_OneChangeAndOneLess_WritesOneAndRemovesOneWithItsFolder()
    {
        await WriteAsync(("a/index.html", "a"), ("quote/x/index.html", "b"), ("c", "c"));

        var changes = await WriteAsync(("a/index.html", "A"), ("c", "c"));

        Assert.Equal(new SiteChanges(2, 1, 1), changes);
        Assert.False(Directory.Exists(_folder.Combine("quote")));
        Assert.Equal(
            "A",
            await File.ReadAllTextAsync(_folder.Combine("a/index.html"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Write_AFileThatWasDamaged_IsWrittenAgain()
    {
        await WriteAsync(("a", "abc"));
        await File.WriteAllTextAsync(_folder.Combine("a"), "xyz", TestContext.Current.CancellationToken);

        Assert.Equal(1, (await WriteAsync(("a", "abc"))).Written);
    }

    [Fact]
    public async Task Entries_ThatWereServedOnce_AreRemembered()
    {
        await WriteAsync(("quote/x/index.html", "x"), ("fr/quote/x/index.html", "x"), ("topic/y/index.html", "y"));
        var directory = await OpenAsync();
        Assert.Equal(["quote/x/"], directory.Entries);

        await directory.WriteAsync([], ["quote/x/"], TestContext.Current.CancellationToken);

        Assert.Equal(["quote/x/"], (await OpenAsync()).Entries);
    }

    [Fact]
    public async Task AWithdrawnQuotation_DisappearsAndItsAddressReportsIt()
    {
        var catalogue = Sites.Small();
        await PublishAsync(catalogue);

        await PublishAsync(catalogue.Exclude(new HashSet<string> { "first" }));
        await PublishAsync(catalogue.Exclude(new HashSet<string> { "first" }));

        var page = await File.ReadAllTextAsync(
            _folder.Combine("quote/first/index.html"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("was withdrawn or removed", page, StringComparison.Ordinal);
        var others = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
        Assert.All(
            others,
            file => Assert.DoesNotContain("The first words", File.ReadAllText(file), StringComparison.Ordinal)
        );

        await PublishAsync(catalogue);
        page = await File.ReadAllTextAsync(
            _folder.Combine("quote/first/index.html"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("The first words", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AFolderWithOtherFiles_IsRefused()
    {
        await File.WriteAllTextAsync(_folder.Combine("thesis.doc"), "", TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<IOException>(OpenAsync);

        Assert.Contains("Choose an empty folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ACloneWithoutFiles_IsAccepted()
    {
        Directory.CreateDirectory(_folder.Combine(".git"));

        Assert.Empty((await OpenAsync()).Entries);
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("/etc/hostname")]
    [InlineData("a/../../outside.txt")]
    [InlineData(@"..\outside.txt")]
    [InlineData("")]
    public async Task Write_AManifestThatLeadsOutside_RemovesNothingThere(string path)
    {
        var inner = Directory.CreateDirectory(_folder.Combine("site"));
        var outside = _folder.Combine("outside.txt");
        await File.WriteAllTextAsync(outside, "", TestContext.Current.CancellationToken);
        var manifest = $"Files written by serge site. Do not edit.\nfile {path}\ngone quote/../../x/\n";
        await File.WriteAllTextAsync(
            Path.Combine(inner.FullName, "serge-site.txt"),
            manifest,
            TestContext.Current.CancellationToken
        );

        var directory = await SiteDirectory.OpenAsync(inner.FullName, TestContext.Current.CancellationToken);
        var changes = await directory.WriteAsync([], [], TestContext.Current.CancellationToken);

        Assert.Empty(directory.Entries);
        Assert.Equal(0, changes.Removed);
        Assert.True(File.Exists(outside));
    }

    private async Task PublishAsync(QuoteCatalogue catalogue)
    {
        var directory = await OpenAsync();
        var content = Sites.Content(catalogue, options => options with { Gone = directory.Entries.ToHashSet() });
        await directory.WriteAsync(SiteBuilder.Create(content), content.Gone, TestContext.Current.CancellationToken);
    }

    private Task<SiteDirectory> OpenAsync() =>
        SiteDirectory.OpenAsync(_folder.Path, TestContext.Current.CancellationToken);

    private async Task<SiteChanges> WriteAsync(params (string Path, string Content)[] files)
    {
        var directory = await OpenAsync();
        var all = files.Select(file => new SiteFile(
            file.Path,
            () => Task.FromResult(Encoding.UTF8.GetBytes(file.Content))
        ));
        return await directory.WriteAsync([.. all], [], TestContext.Current.CancellationToken);
    }
}
