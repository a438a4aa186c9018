namespace Serge.Bot.Site.Content;

public sealed partial record SiteTexts
{
    public static SiteTexts English { get; } =
        new()
        {
            Quotations = "Quotations",
            Timeline = "Timeline",
            Days = "Days",
            Topics = "Topics",
            Sources = "Sources",
            Search = "Search",
            About = "About",
            Rights = "Rights",
            Privacy = "Privacy",
            SkipToText = "Skip to the text",
            MainNavigation = "Pages of this site",
            Neighbours = "Previous and next",
            OtherLanguage = "Français",
            Quotation = "Quotation",
            Event = "Event",
            Today = "Today",
            QuotationOfTheDay = "Quotation of the day",
            OnThisDay = "On this day",
            NoEventOnThisDay = "No event is dated to this day.",
            NoQuotations = "There are no quotations at the moment.",
            ContextAndSource = "Context and source",
            Context = "Context",
            Uncertain = "Uncertain",
            Work = "Work",
            WorkUnknown = "The essay does not name it.",
            PrintedIn = "Quoted in",
            Written = "Written",
            Joined = "Joined",
            JoinedExplained =
                "In the essay, the author’s words interrupt this sentence; here its two parts are joined.",
            CiteAs = "To cite it",
            BelongsTo = "Belongs to",
            Warning = "Content warning:",
            Show = "show the text",
            Certainty = "The date",
            Note = "Note",
            OldStyle = "Old style",
            RestsOn = "It rests on",
            MentionedBy = "Mentioned by",
            SameDay = "Other years",
            EventsAreInEnglish = "",
            AuthorOfSource = "Author",
            Translator = "Translation",
            Published = "Published",
            Address = "Address",
            KindWork = "Work",
            KindEssay = "Essay",
            KindReference = "Reference",
            Previous = "Previous",
            Next = "Next",
            PageOf = "Page {0} of {1}",
            QuotationCount = "Quotations: {0}",
            EventCount = "Events: {0}",
            AboutTopic = "On {0}",
            YearTitle = "The year {0}",
            TimelineExplained = "Each mark is an event, each row a year. Follow a year to read what happened in it.",
            TimelineOfLongRowsExplained =
                "Each mark is an event, each row {0} years. Follow a row to read what happened in its first year with "
                + "an event; from there, each year leads to the next.",
            KindLife = "life and books",
            KindContext = "the times",
            KindPerson = "births and deaths of others",
            KindLived = "the years of the life",
            YearLink = "{0}, events: {1}",
            DaysExplained = "Days with an event are marked.",
            SearchLabel = "Words of a quotation or an event",
            SearchNeedsScript = "The search needs JavaScript. Without it, use the lists of this site.",
            SearchNothing = "Nothing has all these words.",
            SearchFoundOne = "found",
            SearchFoundMany = "found",
            SearchFoundTooMany = "found; only the first ones are shown",
            SearchFailed = "The search could not be loaded. Check the connection, then press Enter.",
            GoneTitle = "No longer here",
            GoneExplained =
                "What had this address was withdrawn or removed, and is not shown any more. Its id is never used "
                + "again.",
            NotFoundTitle = "There is no such page",
            NotFoundExplained =
                "The address may be misspelt, or what it showed was withdrawn. The start page and the search lead to "
                + "everything that is here.",
            StartPage = "Start page",
            AboutWhat =
                "This site has quotations of {0}, word for word and always with the source, and dated events of that "
                + "life and those times. Each has an address that does not change.",
            AboutDates = "No date is more exact than is known. Where sources differ, the page says so and names them.",
            AboutBot = "The same files feed a bot that posts on Mastodon and Discord; what it posts is on these pages.",
            AboutErrors = "If a word, a name or a date is wrong, please tell the operator.",
            RunBy = "Run by",
            Contact = "Contact",
            SourceCode = "Source code",
            FeedsTitle = "To subscribe, and for programs",
            FeedAtom = "Atom feed",
            FeedJson = "JSON feed",
            FeedCalendar = "Calendar of the events, each year",
            FeedToday = "Today’s choice as JSON",
            FeedQuotes = "All quotations as JSON",
            FeedEvents = "All events as JSON",
            RightsQuotations =
                "The quotations are short and printed word for word, each with the names of those who wrote "
                + "and quoted it. The page of a source names the translator where known. This site claims no rights in "
                + "them. They belong to the author, the "
                + "translators, their heirs or publishers, where copyright still applies.",
            RightsOwnTexts =
                "The sentences about events, the contexts and the notes were written for this project and are under "
                + "the MIT licence. Facts and dates are not protected by copyright.",
            RightsRemoval =
                "If you hold rights in a text, or a text is wrong or hurtful, ask the operator to remove it. It "
                + "disappears from this site, and its address says so.",
            PrivacyPages =
                "These pages set no cookies, contain no statistics and load nothing from other sites. The search runs "
                + "in your browser; what you type is not sent anywhere.",
            PrivacyHost =
                "The host that serves these files can see the address of your connection, as any web server can.",
        };
}
