namespace Serge.Bot.Browser;

/// <summary>How the page renders texts from the platforms, module by module.</summary>
public sealed class RenderingTests(Chromium chromium)
{
    public static TheoryData<string, string> Markdown =>
        new()
        {
            { "plain words", "<div class=\"text\">plain words</div>" },
            {
                "**bold** and *italic* and _italic_",
                "<div class=\"text\"><strong>bold</strong> and <em>italic</em> and <em>italic</em></div>"
            },
            {
                "__under__ ~~through~~ `code *as is*`",
                "<div class=\"text\"><u>under</u> <s>through</s> <code>code *as is*</code></div>"
            },
            {
                "**bold with *italic* in it**",
                "<div class=\"text\"><strong>bold with <em>italic</em> in it</strong></div>"
            },
            { @"\[T\]he end \*not italic\*", "<div class=\"text\">[T]he end *not italic*</div>" },
            { @"*a title with \* in it*", "<div class=\"text\"><em>a title with * in it</em></div>" },
            { "snake_case_name 2 * 3 * 4", "<div class=\"text\">snake_case_name 2 * 3 * 4</div>" },
            {
                "-# small\n> quoted *so*\ntext",
                "<div class=\"subtext\">small</div><blockquote>quoted <em>so</em></blockquote><div class=\"text\">text</div>"
            },
            { "# Title\n- item", "<div class=\"heading\">Title</div><div class=\"bullet\">item</div>" },
            { @"\# no title", "<div class=\"text\"># no title</div>" },
            {
                "one\n\ntwo",
                "<div class=\"text\">one</div><div class=\"text\"><br></div><div class=\"text\">two</div>"
            },
            {
                "<script>alert(1)</script> & \"x\"",
                "<div class=\"text\">&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"x\"</div>"
            },
            {
                "in <#1> and <#2>, not \\<#1> or `<#1>`",
                "<div class=\"text\">in <span class=\"channel\">#quotations</span> and <span class=\"channel\">#unknown</span>, not &lt;#1&gt; or <code>&lt;#1&gt;</code></div>"
            },
            {
                "use </schedule set:15> `time:09:00`, not \\</quote:15> or </quote>",
                "<div class=\"text\">use <span class=\"command-mention\">/schedule set</span> <code>time:09:00</code>, not &lt;/quote:15&gt; or &lt;/quote&gt;</div>"
            },
            {
                "(Content warning: hunger) ||*hidden* words||",
                "<div class=\"text\">(Content warning: hunger) <button type=\"button\" class=\"spoiler\">Hidden text, press to read</button></div>"
            },
            { "one | and || two", "<div class=\"text\">one | and || two</div>" },
            { "**never closed", "<div class=\"text\">**never closed</div>" },
            { @"ends in a backslash \", "<div class=\"text\">ends in a backslash \\</div>" },
        };

    public static TheoryData<string, string> StatusHtml =>
        new()
        {
            { "<p>One<br />two</p><p>three</p>", "<p class=\"\">One<br>two</p><p class=\"\">three</p>" },
            { "<p>a &lt;b&gt; &amp; c</p>", "<p class=\"\">a &lt;b&gt; &amp; c</p>" },
            {
                "<a href=\"https://example.org/x\" onclick=\"alert(1)\">x</a>",
                "<a class=\"\" href=\"https://example.org/x\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>"
            },
            { "<a href=\"javascript:alert(1)\">x</a>", "<span class=\"link\">x</span>" },
            { "<a href=\"data:text/html,x\">x</a>", "<span class=\"link\">x</span>" },
            {
                "<a href=\"/mastodon/tags/VictorSerge\" class=\"mention hashtag\">#<span>VictorSerge</span></a>",
                "<span class=\"mention hashtag link\">#<span class=\"\">VictorSerge</span></span>"
            },
            { "<span class=\"invisible evil\">https://</span>", "<span class=\"invisible\">https://</span>" },
            { "<img src=x onerror=alert(1)><script>alert(1)</script><style>*{}</style>", "" },
            { "<p style=\"color:red\" id=\"line\">kept</p>", "<p class=\"\">kept</p>" },
            { "<b>only <i>the words</i></b><iframe src=\"https://example.org\"></iframe>", "only the words" },
            {
                "<svg onload=alert(1)><a xlink:href=\"javascript:alert(1)\">x</a></svg>",
                "<span class=\"link\">x</span>"
            },
        };

    public static TheoryData<string, string, string> Lines =>
        new()
        {
            { "", "", "none" },
            { "hello", "", "none" },
            { "/", "", "command ''" },
            { "/qu", "", "command 'qu'" },
            { "/quote", "", "command 'quote'" },
            { "/nothing ", "", "none" },
            { "/quote ", "", "option ''" },
            { "/quote to", "", "option 'to'" },
            { "/quote topic:", "", "value topic ''" },
            { "/quote topic:rev", "", "value topic 'rev'" },
            { "/quote search:to be or", "", "value search 'to be or'" },
            { "/quote search:he said: no", "", "value search 'he said: no'" },
            { "/quote topic:revolution search:the", "", "value search 'the'" },
            { "/quote topic:revolution ", "/quote topic:revolution ", "option ''" },
            { "/quote topic:revolution se", "/quote topic:revolution ", "option 'se'" },
            { "/quote topic:rev", "/quote topic:revolution ", "value topic 'rev'" },
            { "/quote topic:revolution search:x", "/quote topic:revolution ", "value search 'x'" },
            { "/quotetopic:x", "", "command 'quotetopic:x'" },
            { "/schedule ", "", "option ''" },
            { "/schedule se", "", "option 'se'" },
            { "/schedule set ti", "", "option 'ti'" },
            { "/schedule set time:9", "", "value time '9'" },
            { "/schedule set time:09:00 zo", "/schedule set time:09:00 ", "option 'zo'" },
            { "/schedule zone zone:bru", "", "value zone 'bru'" },
            { "/schedule time:9", "", "option 'time:9'" },
            { "/schedule role add name:x", "", "value name 'x'" },
        };

    [Fact]
    public async Task Markdown_IsShownAsDiscordShowsIt()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        foreach (var row in Markdown)
        {
            var (text, html) = row.Data;
            Assert.Equal(
                html,
                await visit.Page.EvaluateAsync<string>(
                    "async text => { const { markdown, nameChannel } = await import('/markdown.js'); nameChannel('1', 'quotations'); const box = document.createElement('div'); box.append(markdown(text)); return box.innerHTML; }",
                    text
                )
            );
        }
    }

    [Fact]
    public async Task AvatarLetters_AreThoseOfTheName()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        Dictionary<string, string> expected = new()
        {
            ["Victor Serge, quoted"] = "VS",
            ["Nora Quill, quoted"] = "NQ",
            ["Emma de la Croix"] = "EC",
            ["Ada"] = "A",
        };
        foreach (var (name, letters) in expected)
        {
            Assert.Equal(
                letters,
                await visit.Page.EvaluateAsync<string>("async name => (await import('/dom.js')).initials(name)", name)
            );
        }
    }

    [Fact]
    public async Task HiddenText_IsShownWhenItIsPressed()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.Page.EvaluateAsync(
            "async () => document.querySelector('main').append((await import('/markdown.js')).markdown('||*hidden* words||'))"
        );

        await visit.Page.GetByText("Hidden text, press to read").Last.ClickAsync();

        await Expect(visit.Page.GetByText("hidden words").Last).ToBeVisibleAsync();
    }

    [Fact]
    public async Task HiddenPicture_IsShownWhenItIsPressed()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        await visit.Page.EvaluateAsync(
            """
            async () => document.querySelector('main').append(
              ...(await import('/dom.js')).picturesOf({ pictures: [{ address: 'icon.svg', description: 'Its words', isHidden: true }] }))
            """
        );
        var picture = visit.Page.GetByAltText("Its words");
        await Expect(picture).ToHaveCountAsync(0);

        await visit.Page.GetByText("Hidden picture, press to show").Last.ClickAsync();

        await Expect(picture).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ForeignHtml_IsReducedToWhatIsHarmless()
    {
        await using var visit = await Visit.OpenAsync(chromium);
        foreach (var row in StatusHtml)
        {
            var (foreign, html) = row.Data;
            Assert.Equal(
                html,
                await visit.Page.EvaluateAsync<string>(
                    "async html => { const box = document.createElement('div'); box.append((await import('/statushtml.js')).statusHtml(html)); return box.innerHTML; }",
                    foreign
                )
            );
        }

        // No script ran and nothing was requested. The only messages of the browser report that the page's policy
        // blocked it.
        Assert.All(
            visit.Complaints,
            complaint => Assert.Contains("Content Security Policy", complaint, StringComparison.Ordinal)
        );
        Assert.All(visit.Requests, request => Assert.Equal(visit.Address.Authority, request.Authority));
        Assert.DoesNotContain(visit.Requests, request => request.AbsolutePath == "/x");
    }

    [Fact]
    public async Task ALine_IsUnderstoodUpToTheCaret()
    {
        const string Parse = """
            async ([line, settled]) => {
              const { parse } = await import('/commandline.js');
              const named = names => names.map(name => ({ name }));
              const subcommand = (name, options) => ({ name, options, isSubcommand: true });
              const commands = [
                { name: 'quote', options: named(['topic', 'search', 'id']) },
                { name: 'schedule', options: [
                  subcommand('set', named(['time', 'zone'])),
                  subcommand('zone', named(['zone'])),
                  subcommand('role', [subcommand('add', named(['name']))]),
                ] },
              ];
              const typing = parse(line, commands, settled);
              return typing.kind === 'none' ? 'none' : [typing.kind, typing.option?.name, `'${typing.typed}'`].filter(Boolean).join(' ');
            }
            """;
        await using var visit = await Visit.OpenAsync(chromium);
        foreach (var row in Lines)
        {
            var (line, settled, expected) = row.Data;
            Assert.Equal(
                (line, expected),
                (line, await visit.Page.EvaluateAsync<string>(Parse, new[] { line, settled }))
            );
        }
    }
}
