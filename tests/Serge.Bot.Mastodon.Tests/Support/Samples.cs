namespace Serge.Bot.Mastodon.Tests.Support;

/// <summary>Recorded responses, reduced to the fields that matter. Those of Mastodon 4.6.4 are taken from the tests of
/// Mastodon.py (Lorenz Diener and others, MIT licence); those of GoToSocial 0.20 and snac 2.75 were recorded for these
/// tests.</summary>
internal static class Samples
{
    public const string MastodonStatus = """
        {"id":"117020585907693810","created_at":"2026-08-01T13:53:56.336Z","in_reply_to_id":null,"in_reply_to_account_id":null,"sensitive":true,
        "spoiler_text":"","visibility":"unlisted","language":"en","uri":"http://localhost:3000/ap/users/117020565966271181/statuses/117020585907693810",
        "url":"http://localhost:3000/@mastodonpy_test/117020585907693810","replies_count":0,"quotes_count":0,"edited_at":null,"content":"<p>Toot!</p>",
        "filtered":[],"reblog":null,"application":{"name":"Mastodon.py test suite","website":null},
        "account":{"id":"117020565966271181","username":"mastodonpy_test","acct":"mastodonpy_test","display_name":"John Lennon","locked":true,"bot":false,
        "note":"<p>I walk funny</p>","url":"http://localhost:3000/@mastodonpy_test"},"media_attachments":[],"mentions":[],"tags":[],"quote":null,"card":null,"poll":null,
        "quote_approval":{"automatic":["followers"],"manual":[],"current_user":"automatic"}}
        """;

    public const string MastodonAccount = """
        {"id":"117020457910412882","username":"mastodonpy_test","acct":"mastodonpy_test","display_name":"","locked":true,"bot":true,"discoverable":null,
        "note":"<p>I walk funny,<br />all day</p><p>&amp; night</p>","url":"http://localhost:3000/@mastodonpy_test","uri":"http://localhost:3000/ap/users/117020457910412882",
        "source":{"privacy":"public","sensitive":false,"language":null,"note":"I walk funny,\nall day\n\n& night","fields":[],"quote_policy":"public"},"emojis":[],"roles":[],
        "role":{"id":"-99","name":"","permissions":"65536"}}
        """;

    public const string MastodonInstanceV2 = """
        {"domain":"localhost:3000","title":"Mastodon","version":"4.6.4","source_url":"https://github.com/mastodon/mastodon","description":"",
        "usage":{"users":{"active_month":0}},"languages":["en"],"configuration":{"urls":{"streaming":"ws://localhost:4000","status":null},
        "accounts":{"max_display_name_length":40},"statuses":{"max_characters":500,"max_media_attachments":4,"characters_reserved_per_url":23},
        "limited_federation":false},"registrations":{"enabled":true},"api_versions":{"mastodon":11},"wrapstodon":null,"rules":[]}
        """;

    /// <summary>The server's parameters of a scheduled status carry two names twice, with values of different
    /// kinds.</summary>
    public const string MastodonScheduledStatus = """
        {"id":"1","scheduled_at":"4000-01-01T14:33:14.000Z","params":{"text":"please ensure adequate headroom","quote_approval_policy":262144,
        "media_ids":null,"quoted_status_id":null,"quoted_status_id":null,"quote_approval_policy":"followers"},"media_attachments":[]}
        """;

    public const string GoToSocialInstanceV2 = """
        {"domain":"localhost:18083","title":"localhost:18083","version":"0.20-local","source_url":"https://codeberg.org/superseriousbusiness/gotosocial",
        "configuration":{"statuses":{"max_characters":5000,"max_media_attachments":6,"characters_reserved_per_url":25,
        "supported_mime_types":["text/plain","text/markdown"]},"emojis":{"emoji_size_limit":51200}},"contact":{"email":""},"rules":[]}
        """;

    public const string GoToSocialStatus = """
        {"id":"01M81VA6YYV530CTB7MA47974F","created_at":"2026-11-22T14:42:10.526Z","edited_at":null,"sensitive":false,"spoiler_text":"","visibility":"public",
        "language":"en","uri":"http://localhost:18083/users/bot/statuses/01M81VA6YYV530CTB7MA47974F","url":"http://localhost:18083/@bot/statuses/01M81VA6YYV530CTB7MA47974F",
        "content":"<p>plain</p>","reblog":null,"application":{"name":"fixture"},"media_attachments":[],"text":"plain","content_type":"text/plain",
        "interaction_policy":{"can_favourite":{"automatic_approval":["public","me"],"always":["public","me"],"with_approval":[]}}}
        """;

    public const string SnacInstanceV1 = """
        {"uri":"127.0.0.1:18081","domain":"127.0.0.1:18081","title":"127.0.0.1:18081","version":"4.0.0 (not true; really snac/2.75)",
        "urls":{"streaming_api":"wss://127.0.0.1:18081"},"stats":{"user_count":0,"status_count":0,"domain_count":0},
        "configuration":{"statuses":{"characters_reserved_per_url":32,"max_characters":100000,"max_media_attachments":4},"accounts":{"max_featured_tags":0}}}
        """;

    public const string SnacNotFound = "<h1>404 Not Found (snac/2.75)</h1>";

    public const string SnacStatus = """
        {"id":"1795358528307ce60967de1ec4c2c1345da74c8e79","uri":"http://127.0.0.1:18081/bot/p/1795358528.848323","url":"http://127.0.0.1:18081/bot/p/1795358528.848323",
        "created_at":"2026-11-22T14:42:08.000Z","content":"plain<br>","visibility":"public","sensitive":false,"spoiler_text":"","media_attachments":[],
        "in_reply_to_id":null,"reblog":null,"card":null,"language":"en","filtered":[],"text":"plain","edited_at":null,"poll":null}
        """;
}
