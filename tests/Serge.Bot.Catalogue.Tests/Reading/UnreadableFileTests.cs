using System.Text;

namespace Serge.Bot.Catalogue.Tests.Reading;

/// <summary>Errors of a file that do not depend on its entries: missing, unreadable, too large, not UTF-8.</summary>
public sealed class UnreadableFileTests
{
    [Fact]
    public void Read_ThreeGoodFiles_IsServed()
    {
        using Files.Folder folder = new();
        var reading = CatalogueReader.Read(folder.Path);
        Assert.Empty(reading.Problems);
        Assert.Equal(
            (1, 1, 3),
            (reading.Catalogue!.Quotes.Count, reading.Catalogue.Events.Count, reading.Catalogue.Sources.Count)
        );
        Assert.Equal(folder.PathOf("quotes.yaml"), reading.Catalogue.Quotes[0].Location.File);
    }

    [Fact]
    public void Read_NoFolder_IsReportedOnce()
    {
        var problem = Assert.Single(CatalogueReader.Read("/no/such/folder").Problems);
        Assert.Equal(
            "/no/such/folder:1:1: error: The folder does not exist. Create it with quotes.yaml, events.yaml, sources.yaml, author.yaml.",
            problem.ToString()
        );
    }

    [Fact]
    public void Read_AMissingFile_IsReportedAndTheOthersAreChecked()
    {
        using Files.Folder folder = new(
            events: null,
            sources: Files.Sources.Replace("kind: work", "kind: wrok", StringComparison.Ordinal)
        );
        var reading = CatalogueReader.Read(folder.Path);
        Assert.Null(reading.Catalogue);
        Assert.Equal(2, reading.Problems.Count);
        AssertFirst(reading, folder, "events.yaml", 1, 1, "The file is missing", "Restore it");
    }

    [Fact]
    public void Read_AFolderInsteadOfAFile_IsReported()
    {
        using Files.Folder folder = new(quotes: null);
        Directory.CreateDirectory(folder.PathOf("quotes.yaml"));
        AssertFirst(
            CatalogueReader.Read(folder.Path),
            folder,
            "quotes.yaml",
            1,
            1,
            "This is a folder",
            "Replace the folder"
        );
    }

    [Fact]
    public void Read_ALinkToAFile_ReadsTheFile()
    {
        using Files.Folder folder = new();
        File.Move(folder.PathOf("quotes.yaml"), folder.PathOf("elsewhere"));
        File.CreateSymbolicLink(folder.PathOf("step"), "elsewhere");
        File.CreateSymbolicLink(folder.PathOf("quotes.yaml"), "step");
        var reading = CatalogueReader.Read(folder.Path);
        Assert.Empty(reading.Problems);
        Assert.Equal(folder.PathOf("quotes.yaml"), reading.Catalogue!.Quotes[0].Location.File);
    }

    /// <summary>A link in a linked folder leads to what the operating system opens, relative to the real
    /// folder.</summary>
    [Fact]
    public void Read_ARelativeLinkInALinkedFolder_ReadsTheFile()
    {
        using Files.Folder folder = new();
        var real = Directory.CreateDirectory(folder.PathOf("bots/serge")).FullName;
        var common = Directory.CreateDirectory(folder.PathOf("bots/common")).FullName;
        foreach (var name in CatalogueReader.FileNames)
        {
            File.Move(folder.PathOf(name), Path.Combine(common, name));
            File.CreateSymbolicLink(Path.Combine(real, name), $"../common/{name}");
        }

        var linked = folder.PathOf("quotes");
        Directory.CreateSymbolicLink(linked, "bots/serge");

        Assert.Empty(CatalogueReader.Read(linked).Problems);
    }

    [Fact]
    public void Read_ALinkedFolderInALinkedHome_ReadsTheFile()
    {
        using Files.Folder folder = new();
        var common = Directory.CreateDirectory(folder.PathOf("bots/common")).FullName;
        foreach (var name in CatalogueReader.FileNames)
        {
            File.Move(folder.PathOf(name), Path.Combine(common, name));
        }

        Directory.CreateDirectory(folder.PathOf("bots/serge"));
        Directory.CreateSymbolicLink(folder.PathOf("bots/serge/quotes"), "../common");
        Directory.CreateSymbolicLink(folder.PathOf("home"), "bots/serge");

        Assert.Empty(CatalogueReader.Read(folder.PathOf("home/quotes")).Problems);
    }

    [Theory]
    [InlineData("gone", "link to a file that does not exist", "Restore it")]
    [InlineData("quotes.yaml", "cannot be read", "Check the disk")] // a link to itself
    [InlineData(".", "This is a folder", "Replace the folder")]
    [InlineData("/dev/zero", "The file is empty", "Restore its entries")] // an endless file, which is never opened
    public void Read_ALinkToSomethingElse_IsReported(string target, string what, string fix)
    {
        using Files.Folder folder = new(quotes: null);
        File.CreateSymbolicLink(folder.PathOf("quotes.yaml"), target);
        AssertFirst(CatalogueReader.Read(folder.Path), folder, "quotes.yaml", 1, 1, what, fix);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)] // a link to a link
    public async Task Read_APipeInsteadOfAFile_DoesNotBlock(int links)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among its files.");
        using Files.Folder folder = new(quotes: null);
        string[] names = ["quotes.yaml", "step", "last"];
        for (var i = 0; i < links; i++)
        {
            File.CreateSymbolicLink(folder.PathOf(names[i]), names[i + 1]);
        }

        using (var make = System.Diagnostics.Process.Start("mkfifo", folder.PathOf(names[links])))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var reading = await Task.Run(() => CatalogueReader.Read(folder.Path), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        AssertFirst(reading, folder, "quotes.yaml", 1, 1, "The file is empty", "Restore its entries");
    }

    [Fact]
    public void Read_AFileOfFiftyMebibytes_UsesNoMemory()
    {
        using Files.Folder folder = new();
        using (var file = File.Create(folder.PathOf("events.yaml")))
        {
            file.SetLength(50 * 1024 * 1024);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = CatalogueReader.Read(folder.Path);
        var used = GC.GetAllocatedBytesForCurrentThread() - before;
        AssertFirst(reading, folder, "events.yaml", 1, 1, "larger than 5 MiB and was not read", "right file");
        Assert.True(used < 1024 * 1024, $"{used} bytes");
    }

    [Fact]
    public void Read_AFileOfMoreThanFiveMebibytes_IsNotRead()
    {
        using Files.Folder folder = new();
        File.WriteAllText(folder.PathOf("events.yaml"), new string('#', (5 * 1024 * 1024) + 1));
        AssertFirst(
            CatalogueReader.Read(folder.Path),
            folder,
            "events.yaml",
            1,
            1,
            "larger than 5 MiB and was not read",
            "right file"
        );
    }

    [Fact]
    public void Read_AFileOfFiveMebibytes_IsRead()
    {
        using Files.Folder folder = new();
        File.WriteAllText(
            folder.PathOf("events.yaml"),
            Files.Events + "\n#" + new string('x', (5 * 1024 * 1024) - Files.Events.Length - 2)
        );
        Assert.NotNull(CatalogueReader.Read(folder.Path).Catalogue);
    }

    [Fact]
    public void Read_AFileWithoutReadPermission_IsReported()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && !Environment.IsPrivilegedProcess,
            "Only a user who is not root can be refused a file."
        );
        using Files.Folder folder = new();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.PathOf("quotes.yaml"), UnixFileMode.None);
        }

        AssertFirst(
            CatalogueReader.Read(folder.Path),
            folder,
            "quotes.yaml",
            1,
            1,
            "Permission denied",
            "Give that account read permission"
        );
    }

    [Theory]
    [InlineData("iso-8859-1", 2, 12, "0xE9")]
    [InlineData("utf-16", 1, 1, "0xFF")]
    [InlineData("utf-16BE", 1, 1, "0xFE")]
    public void Read_AFileThatIsNotUtf8_StatesWhereTheFirstWrongByteIs(
        string encoding,
        int line,
        int column,
        string code
    )
    {
        using Files.Folder folder = new();
        File.WriteAllText(folder.PathOf("quotes.yaml"), "- id: a\n  text: caf\u00E9\n", Encoding.GetEncoding(encoding));
        AssertFirst(
            CatalogueReader.Read(folder.Path),
            folder,
            "quotes.yaml",
            line,
            column,
            $"The byte {code} is not valid UTF-8 text",
            "Save the file as UTF-8"
        );
    }

    [Theory]
    [InlineData(new byte[] { 0x2D, 0x20, 0xE2, 0x82 }, 1, 3)] // cut within a character
    [InlineData(new byte[] { 0x2D, 0x20, 0x00, 0x61 }, 1, 3)] // a zero
    [InlineData(new byte[] { 0x2D, 0x20, 0xC0, 0x80 }, 1, 3)] // an overlong encoding of zero
    [InlineData(new byte[] { 0xC3, 0xA9, 0x0A, 0xC3, 0xA9, 0xFF }, 2, 2)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 1, 1)] // half of a surrogate pair
    [InlineData(new byte[] { 0xF0, 0x9F, 0x8C, 0x8A, 0xFF }, 1, 3)] // after a character of two UTF-16 units
    [InlineData(new byte[] { 0x2D, 0x0D, 0x0A, 0x0A, 0x2D, 0xFF }, 3, 2)]
    [InlineData(new byte[] { 0x2D, 0x0D, 0x0D, 0x2D, 0xFF }, 3, 2)]
    public void Read_BytesThatAreNoText_StatesWhereTheFirstWrongByteIs(byte[] bytes, int line, int column)
    {
        using Files.Folder folder = new();
        File.WriteAllBytes(folder.PathOf("quotes.yaml"), bytes);
        AssertFirst(
            CatalogueReader.Read(folder.Path),
            folder,
            "quotes.yaml",
            line,
            column,
            "is not valid UTF-8 text",
            "Save the file as UTF-8"
        );
    }

    [Theory]
    [InlineData(new byte[] { 0x2D, 0x20, 0x07 }, 1, 3, "0x07")]
    [InlineData(new byte[] { 0x2D, 0x0A, 0x7F }, 2, 1, "0x7F")]
    [InlineData(new byte[] { 0x01 }, 1, 1, "0x01")]
    public void Read_AControlCharacter_StatesWhereItIs(byte[] bytes, int line, int column, string code)
    {
        using Files.Folder folder = new();
        File.WriteAllBytes(folder.PathOf("quotes.yaml"), bytes);
        AssertFirst(
            CatalogueReader.Read(folder.Path),
            folder,
            "quotes.yaml",
            line,
            column,
            $"invisible control character ({code})",
            "Delete it"
        );
    }

    [Fact]
    public void Read_TabsAndLineEndsOfEveryKind_AreNoControlCharacters()
    {
        using Files.Folder folder = new("- id: a #\t\r\n  text: Words.\n  via: harbour\r  topics: [sea] #\r");
        Assert.Empty(CatalogueReader.Read(folder.Path).Problems);
    }

    [Fact]
    public void Read_AFileThatIsOpenForWriting_IsRead()
    {
        using Files.Folder folder = new();
        using var editor = new FileStream(
            folder.PathOf("quotes.yaml"),
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete
        );
        Assert.NotNull(CatalogueReader.Read(folder.Path).Catalogue);
    }

    private static void AssertFirst(
        CatalogueReadResult reading,
        Files.Folder folder,
        string file,
        int line,
        int column,
        string what,
        string fix
    )
    {
        Assert.Null(reading.Catalogue);
        var problem = reading.Problems[0];
        Assert.Equal(new FileLocation(folder.PathOf(file), line, column), problem.Location);
        Assert.Contains(what, problem.Message, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }
}
