using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;

namespace Serge.Bot.Tests.Rendering;

/// <summary>Every text exists in every language, with the same placeholders, and has a member of its name.</summary>
public sealed partial class StringsTests
{
    private static readonly Dictionary<string, string> English = Read("Strings.resources");
    private static readonly Dictionary<string, string> French = Read("Strings.fr.resources");

    /// <summary>Members without a text of the same name: languages, dates, numbers, and texts found by path.</summary>
    private static readonly string[] WithoutText =
    [
        nameof(Strings.DiscordLocale),
        nameof(Strings.ToString),
        nameof(Strings.Date),
        nameof(Strings.DayOfYear),
        nameof(Strings.Month),
        nameof(Strings.Number),
        nameof(Strings.CommandName),
        nameof(Strings.CommandDescription),
        nameof(Strings.When),
        nameof(Strings.Weekday),
        nameof(Strings.Days),
        nameof(Strings.DaysShort),
        nameof(Strings.Content),
        nameof(Strings.ContentShort),
        nameof(Strings.Paused),
        nameof(Strings.Permissions),
        nameof(Strings.Years),
        nameof(Strings.DateFromCount),
        nameof(Strings.AuthorIs),
        nameof(Strings.Agreement),
        nameof(Strings.Insert),
    ];

    /// <summary>Texts for the values of an enumeration.</summary>
    private static readonly string[] OfValues =
    [
        .. Enum.GetNames<ScheduleContent>()
            .SelectMany(content => new[] { $"Content{content}", $"Content{content}Short" }),
        .. Enum.GetNames<PauseCause>().Select(cause => $"Paused{cause}"),
        .. Enum.GetNames<QuoteAgreement>().Select(agreement => $"Agreement{agreement}"),
        "DaysDaily",
        "DaysWorkingDays",
        "DaysWeekend",
        "PermissionViewChannel",
        "PermissionSendMessages",
        "PermissionSendMessagesInThreads",
        "PermissionReadMessageHistory",
        .. English.Keys.Where(name => name.StartsWith("Years", StringComparison.Ordinal)),
        .. Enumerable.Range(2, 8).Select(number => $"Number{number}"),
        "DateFromNone",
        "DateFromOne",
        "DateFromMany",
        "DayFromOne",
        "DayFromMany",
        "TheAuthor",
        "AuthorIs",
        "PermissionCreatePublicThreads",
        "PermissionAttachFiles",
    ];

    public static TheoryData<string> Texts => [.. Members().Select(member => member.Name)];

    [Theory]
    [InlineData("fr", "fr-FR")]
    [InlineData("en-GB", "en-GB")]
    [InlineData("en-US", "en-GB")]
    [InlineData("de", "en-GB")]
    [InlineData("", "en-GB")]
    [InlineData("FR", "en-GB")] // Discord’s locales are case-sensitive
    public void For_ADiscordLocale_IsFrenchOrElseEnglish(string locale, string culture) =>
        Assert.Equal(culture, Strings.For(locale).Culture.Name);

    [Fact]
    public void BothFiles_HaveTheSameNames() =>
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), French.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void BothFiles_HaveTheSamePlaceholdersInEachText() =>
        Assert.All(English.Keys, name => Assert.Equal(GetPlaceholders(English[name]), GetPlaceholders(French[name])));

    [Fact]
    public void EveryName_IsAMemberOrACommand()
    {
        var known = Members()
            .SelectMany(member => new[] { member.Name, member.Name + "One", member.Name + "Many" })
            .ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(
            English.Keys,
            name => !name.StartsWith('/') && !known.Contains(name) && !OfValues.Contains(name)
        );
        Assert.All(OfValues, name => Assert.Contains(name, English.Keys));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Member_InEachLanguage_ContainsItsArguments(string name)
    {
        foreach (var strings in Strings.All)
        {
            if (Members().First(member => member.Name == name) is MethodInfo method)
            {
                var arguments = method
                    .GetParameters()
                    .Select(
                        (parameter, index) =>
                            parameter.ParameterType == typeof(int) ? (object)(index + 2) : $"argument-{index}"
                    )
                    .ToArray();
                var text = (string)method.Invoke(strings, arguments)!;
                Assert.All(
                    arguments,
                    value =>
                        Assert.Contains(
                            Convert.ToString(value, CultureInfo.InvariantCulture)!,
                            text,
                            StringComparison.Ordinal
                        )
                );
                Assert.DoesNotContain("{", text, StringComparison.Ordinal);
            }
            else
            {
                var text = (string)typeof(Strings).GetProperty(name)!.GetValue(strings)!;
                Assert.True(
                    text.Length > 0 || (name == nameof(Strings.EventsAreInEnglish) && strings == Strings.English)
                );
            }
        }
    }

    [Fact]
    public void French_AsWritten_HasPlainSpacesAndCurlyApostrophes() =>
        Assert.All(
            French.Where(text => !text.Key.EndsWith("(name)", StringComparison.Ordinal)),
            text => Assert.DoesNotMatch("[\u00A0\u202F']", Code().Replace(text.Value, ""))
        );

    [Fact]
    public void English_AsWritten_HasCurlyQuotationMarks() =>
        Assert.All(English, text => Assert.DoesNotMatch("['\"]", Code().Replace(text.Value, "")));

    [Fact]
    public void French_AsShown_HasNoBreakBeforePunctuation()
    {
        Assert.Equal("«\u00A0oui\u00A0»", Strings.French.InQuotes("oui"));
        Assert.Equal("Source\u00A0: Rière", Strings.French.SourceOf("Rière"));
    }

    [Theory]
    [InlineData(0, "0 quotations", "0 citation")]
    [InlineData(1, "1 quotation", "1 citation")]
    [InlineData(2, "2 quotations", "2 citations")]
    [InlineData(12345, "12,345 quotations", "12\u202F345 citations")]
    public void Count_HasTheGrammaticalNumberOfTheLanguage(int count, string english, string french)
    {
        Assert.Equal(english, Strings.English.Quotations(count));
        Assert.Equal(french, Strings.French.Quotations(count));
    }

    [Fact]
    public void Texts_AboutOne_AreSingular()
    {
        Assert.Equal("The only one has been shown; now it repeats.", Strings.English.AllWereShown(1));
        Assert.Equal("Vous avez vu la seule citation\u202F; elle recommence.", Strings.French.AllWereShown(1));
        Assert.Equal("Vous avez vu les 2 citations\u202F; elles recommencent.", Strings.French.AllWereShown(2));
        Assert.StartsWith("…and 1 more. ", Strings.English.TopicsMore(1), StringComparison.Ordinal);
        Assert.StartsWith("… et 1 autre. ", Strings.French.TopicsMore(1), StringComparison.Ordinal);
        Assert.StartsWith("… et 2 autres. ", Strings.French.TopicsMore(2), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-02-01", "1 February", "1er février")]
    [InlineData("2027-08-14", "14 August", "14 août")]
    public void DayOfYear_IsInTheFormatOfTheLanguage(string day, string english, string french)
    {
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);

        Assert.Equal((english, french), (Strings.English.DayOfYear(date), Strings.French.DayOfYear(date)));
    }

    [Theory]
    [InlineData(Weekdays.Daily, "every day", "every day", "tous les jours", "tous les jours")]
    [InlineData(
        Weekdays.WorkingDays,
        "Monday to Friday",
        "Mon, Tue, Wed, Thu, Fri",
        "du lundi au vendredi",
        "lun., mar., mer., jeu., ven."
    )]
    [InlineData(Weekdays.Weekend, "Saturday and Sunday", "Sat, Sun", "samedi et dimanche", "sam., dim.")]
    [InlineData(Weekdays.Sunday, "Sunday", "Sun", "dimanche", "dim.")]
    [InlineData(
        Weekdays.Sunday | Weekdays.Monday | Weekdays.Thursday,
        "Monday, Thursday, Sunday",
        "Mon, Thu, Sun",
        "lundi, jeudi, dimanche",
        "lun., jeu., dim."
    )]
    [InlineData(
        Weekdays.WorkingDays | Weekdays.Saturday,
        "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday",
        "Mon, Tue, Wed, Thu, Fri, Sat",
        "lundi, mardi, mercredi, jeudi, vendredi, samedi",
        "lun., mar., mer., jeu., ven., sam."
    )]
    internal void Days_AreNamedFromMondayOn(
        Weekdays days,
        string english,
        string shortEnglish,
        string french,
        string shortFrench
    )
    {
        Assert.Equal((english, shortEnglish), (Strings.English.Days(days), Strings.English.DaysShort(days)));
        Assert.Equal((french, shortFrench), (Strings.French.Days(days), Strings.French.DaysShort(days)));
    }

    [Fact]
    public void When_IsWeekdayDayAndTime()
    {
        var local = new DateTimeOffset(2027, 8, 1, 7, 5, 59, TimeSpan.FromHours(14));

        Assert.Equal("Sunday 1 August, 07:05", Strings.English.When(local));
        Assert.Equal("dimanche 1er août, 07:05", Strings.French.When(local));
        Assert.Equal("Sunday 1 August", Strings.English.Weekday(new DateOnly(2027, 8, 1)));
        Assert.Equal("mercredi 11 août", Strings.French.Weekday(new DateOnly(2027, 8, 11)));
    }

    [Theory]
    [InlineData(DiscordPermissions.None, "", "")]
    [InlineData(DiscordPermissions.SendMessages, "**Send Messages**", "**Envoyer des messages**")]
    [InlineData(
        DiscordPermissions.SendMessagesInThreads | DiscordPermissions.ViewChannel,
        "**View Channel**, **Send Messages in Threads**",
        "**Voir le salon**, **Envoyer des messages dans les fils**"
    )]
    [InlineData(
        DiscordPermissions.ReadMessageHistory | DiscordPermissions.ViewChannel | DiscordPermissions.EmbedLinks,
        "**View Channel**, **Read Message History**",
        "**Voir le salon**, **Voir les anciens messages**"
    )]
    public void Permissions_AreNamedAsInDiscordsSettings(DiscordPermissions permissions, string english, string french)
    {
        Assert.Equal(english, Strings.English.Permissions(permissions));
        Assert.Equal(french, Strings.French.Permissions(permissions));
    }

    [Fact]
    public void Languages_HaveTheLocalesOfDiscord()
    {
        Assert.Equal(["en-GB", "fr"], Strings.All.Select(strings => strings.DiscordLocale));
        Assert.Equal(("February", "février"), (Strings.English.Month(2), Strings.French.Month(2)));
        Assert.Equal(("12,345", "12\u202F345"), (Strings.English.Number(12345), Strings.French.Number(12345)));
    }

    /// <summary>No line can break before a punctuation mark or inside quotation marks.</summary>
    [Fact]
    public void French_AsShown_HasNoBreakableSpaceBesidePunctuation()
    {
        Assert.StartsWith(
            "Choisissez-en un avec l’option `nom`\u00A0: x",
            Strings.French.WhichSchedule("x"),
            StringComparison.Ordinal
        );
        Assert.Contains("un problème\u202F; vous", Strings.French.InternalError, StringComparison.Ordinal);
        foreach (
            var property in typeof(Strings).GetProperties().Where(property => property.PropertyType == typeof(string))
        )
        {
            var text = (string)property.GetValue(Strings.French)!;
            Assert.DoesNotMatch("« | [:;!?»]", text);
        }
    }

    [Theory]
    [InlineData(0, true, "No source is named for the date.", "Aucune source n’est indiquée pour la date.")]
    [InlineData(1, true, "One source gives this day.", "Une source donne ce jour.")]
    [InlineData(1, false, "One source gives this date.", "Une source donne cette date.")]
    [InlineData(3, true, "Three sources give this day.", "Trois sources donnent ce jour.")]
    [InlineData(9, false, "Nine sources give this date.", "Neuf sources donnent cette date.")]
    [InlineData(12, true, "12 sources give this day.", "12 sources donnent ce jour.")]
    public void DateFromCount_StatesHowManySourcesGiveIt(int sources, bool isDay, string english, string french)
    {
        Assert.Equal(english, Strings.English.DateFromCount(sources, isDay));
        Assert.Equal(french, Strings.French.DateFromCount(sources, isDay));
    }

    [Theory]
    [InlineData("Victor Serge", "Une citation de Victor Serge, avec sa source")]
    [InlineData("Emma Goldman", "Une citation d’Emma Goldman, avec sa source")]
    [InlineData("Élisée Reclus", "Une citation d’Élisée Reclus, avec sa source")]
    [InlineData("Henri Barbusse", "Une citation d’Henri Barbusse, avec sa source")]
    public void CommandDescription_InFrench_ElidesBeforeAVowel(string name, string expected) =>
        Assert.Equal(expected, Strings.French.CommandDescription("quote", Some.Author with { Name = name }));

    /// <summary>Every text in which a name follows "de" or "que".</summary>
    [Fact]
    public void French_BeforeANameWithAVowel_IsElided()
    {
        Assert.Equal("dans *Order* d’Emma Goldman", Strings.French.InWorkBy("*Order*", "Emma Goldman"));
        Assert.Equal("traduction d’Ann Author", Strings.French.TranslatedBy("Ann Author"));
        Assert.Equal(
            "Ces mots sont d’Élisée Reclus, et non de Victor Serge.",
            Strings.French.WordsOfAnother("Élisée Reclus", "Victor Serge")
        );
        Assert.Equal(
            "Ces mots sont de Victor Serge, et non d’Emma Goldman.",
            Strings.French.WordsOfAnother("Victor Serge", "Emma Goldman")
        );
        Assert.EndsWith(
            "partie de ce qu’Emma Goldman a écrit.",
            Strings.French.NotInTheCollection(3, "Emma Goldman"),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "partie de ce que Victor Serge a écrit.",
            Strings.French.NotInTheCollection(3, "Victor Serge"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Victor Serge", "de ")]
    [InlineData("Ann Author", "d’")]
    [InlineData("ANN AUTHOR", "d’")]
    [InlineData("ann author", "d’")]
    [InlineData("PAUL AUTHOR", "de ")]
    [InlineData("Élisée Reclus", "d’")]
    [InlineData("E\u0301lise\u0301e Reclus", "d’")] // accents as separate characters
    [InlineData("ÉLISÉE RECLUS", "d’")]
    [InlineData("Ängelsberg", "d’")]
    [InlineData("İsmet İnönü", "d’")]
    [InlineData("Ødegaard", "d’")]
    [InlineData("Œdipe", "d’")]
    [InlineData("Ælfric", "d’")]
    [InlineData("Łukasiewicz", "de ")]
    [InlineData("Çelik", "de ")]
    [InlineData("Henri Barbusse", "d’")] // mute h
    [InlineData("HENRI BARBUSSE", "d’")]
    [InlineData("Hélène Brion", "d’")]
    [InlineData("He\u0301le\u0300ne Brion", "d’")]
    [InlineData("Honoré de Balzac", "d’")]
    [InlineData("Hubertine Auclert", "d’")]
    [InlineData("Henri-Pierre Roché", "d’")]
    [InlineData("Hegel", "de ")] // aspirated h
    [InlineData("Hô Chi Minh", "de ")]
    [InlineData("Heine", "de ")]
    [InlineData("Henrik Ibsen", "de ")] // usage varies, and the full form is correct
    [InlineData("Yves Guyot", "d’")] // before a consonant, y is a vowel
    [InlineData("Yann", "de ")]
    [InlineData("Y", "de ")]
    [InlineData(@"\_Ann\_", "d’")] // escaped markup
    [InlineData("« Ève »", "d’")]
    [InlineData("(Anonyme)", "d’")]
    [InlineData("1er mai", "de ")]
    [InlineData("Анна Ахматова", "de ")] // other scripts
    [InlineData("Έλλη", "de ")]
    [InlineData("安那其", "de ")]
    [InlineData("🎈", "de ")]
    [InlineData("", "de ")]
    public void TranslatedBy_AnyName_IsElidedInFrenchIfItMustBe(string name, string preposition)
    {
        Assert.Equal($"traduction {preposition}{name}", Strings.French.TranslatedBy(name));
        Assert.Equal($"translated by {name}", Strings.English.TranslatedBy(name));
    }

    /// <summary>Before a permission, "manque" is not elided, although it ends with "que".</summary>
    [Fact]
    public void French_AWordThatEndsWithQue_IsNotElided()
    {
        var permission = Strings.French.Permissions(DiscordPermissions.SendMessages);

        var text = Strings.French.ChannelLacks("<#1>", permission);

        Assert.Contains("Il me manque **Envoyer", text, StringComparison.Ordinal);
    }

    /// <summary>A new text with "de" or "que" before a value is added here after checking that the value may be
    /// elided.</summary>
    [Fact]
    public void French_TextsThatElide_AreThese()
    {
        object[] names = ["Ann", "Ann", "Ann", "Ann"];

        var elided = French.Where(text => FrenchElision.Apply(text.Value, names) != text.Value);

        Assert.Equal(
            [
                "/on-this-day",
                "/quote",
                "/timeline",
                "ChannelHasNoThreads", // a mention of a channel
                "InWorkBy",
                "NoEventsIn", // years
                "NotInTheCollectionMany",
                "NotInTheCollectionOne",
                "TimeWasMoved", // a time
                "TranslatedBy",
                "WordsOfAnother",
            ],
            elided.Select(text => text.Key).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>The program applies elision. A text that contains it would be wrong before a consonant.</summary>
    [Fact]
    public void French_AsWritten_HasNoElisionBeforeAPlaceholder() =>
        Assert.All(French, text => Assert.DoesNotMatch(@"’\{", text.Value));

    [Fact]
    public void CommandDescription_OfAVeryLongName_HasAtMost100Characters()
    {
        var author = Some.Author with { Name = new string('n', 90) };

        Assert.Equal("A quotation of the author, with its source", Strings.English.CommandDescription("quote", author));
        Assert.Equal("Une citation de l’auteur, avec sa source", Strings.French.CommandDescription("quote", author));
        Assert.All(
            Strings.All,
            strings => Assert.InRange(strings.CommandDescription("timeline", author).Length, 1, 100)
        );
    }

    [Fact]
    public void AuthorIs_NamesWhatTheAuthorWasAndWhen()
    {
        Assert.Equal("the writer and revolutionary Victor Serge (1890–1947)", Strings.English.AuthorIs(Some.Author));
        Assert.Equal("Victor Serge, écrivain et révolutionnaire (1890–1947)", Strings.French.AuthorIs(Some.Author));
        Assert.Equal(
            "the writer and revolutionary Victor Serge",
            Strings.English.AuthorIs(Some.Author with { Lived = null })
        );
    }

    [Fact]
    public void Text_DoesNotDependOnTheCultureOfTheThread()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ar-SA");
            Assert.Equal("1,234 events", Strings.English.Events(1234));
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }

    private static IEnumerable<MemberInfo> Members() =>
        typeof(Strings)
            .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member =>
                !WithoutText.Contains(member.Name, StringComparer.Ordinal)
                && (
                    member is PropertyInfo { PropertyType: var type } && type == typeof(string)
                    || member is MethodInfo { IsSpecialName: false, ReturnType: var returned }
                        && returned == typeof(string)
                )
            );

    private static string[] GetPlaceholders(string text) =>
        [.. Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The texts of a language as in its file.</summary>
    internal static IReadOnlyDictionary<string, string> Read(Strings strings) =>
        strings == Strings.French ? French : English;

    private static Dictionary<string, string> Read(string resource)
    {
        using var reader = new ResourceReader(typeof(Strings).Assembly.GetManifestResourceStream(resource)!);
        return reader
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\{\d+\}", RegexOptions.None, 60_000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("`[^`]*`", RegexOptions.None, 60_000)]
    private static partial Regex Code();
}
