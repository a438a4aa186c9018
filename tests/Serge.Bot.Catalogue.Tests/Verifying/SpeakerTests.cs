namespace Serge.Bot.Catalogue.Tests.Verifying;

/// <summary>The speaker, in sentences as essays write them. The quotation to check is “…”, and any other is
/// “other”.</summary>
public sealed class SpeakerTests
{
    private static readonly Source Source = Some.Source("essay", SourceKind.Essay, "Essay", "Ann Author");

    [Theory]
    [InlineData("As he warns, “…”")]
    [InlineData("“…,” he warns, and leaves.")]
    [InlineData("“…,” he warns, “other.”")]
    [InlineData("As Serge warns in the Memoirs, “…”")]
    [InlineData("Serge wrote, “…”")]
    [InlineData("Victor Serge once wrote, “…”")]
    [InlineData("“…,” wrote Victor Serge.")]
    [InlineData("“…,” Serge wrote.")]
    [InlineData("In Serge’s words, “…”")]
    [InlineData("According to Serge, “…”")]
    [InlineData("As early as 1920, he was warning, “…”")]
    [InlineData("He loved the sea and, in the Log, declares, “…”")]
    [InlineData("As he wrote in 1919, from the midst of war-torn Petrograd, “…”")]
    [InlineData("Distrust of the Russian captains led Serge to join the Sailors Party, warning at the time, “…”")]
    [InlineData("Serge abhorred their cruelty, complaining, “…”")]
    [InlineData("He stood by Stalin’s enemies, calling it “…”")]
    [InlineData("The sea gave Serge a cause: “…”")]
    [InlineData("Serge told Susan Sontag, “…”")]
    [InlineData("Before Sontag, he had said, “…”")]
    [InlineData("He arrived after the death of Trotsky: “…”")]
    [InlineData("Of Lenin and Trotsky he said, “…”")]
    [InlineData("He was there when Sontag only said, “…”")] // "only" does not count, and the sentence has "he"
    [InlineData("“…,” wrote Serge.")]
    [InlineData("To Sontag he said, “…”")]
    [InlineData("He once wrote to Sontag, “…”")]
    [InlineData("Sontag wrote that Serge wrote, “…”")] // the last verb
    [InlineData("In Kibalchich’s phrase, “…”")]
    [InlineData("Serge, a friend of Sontag’s, wrote, “…”")]
    public void Find_WordsOfTheAuthor_IsTheAuthor(string sentence) =>
        Assert.Equal(SpeakerKind.Author, SpeakerOf(sentence).Kind);

    [Theory]
    [InlineData(
        "As the scholar Todd Gitlin, a key student leader during the 1960s, recently observed, “…”",
        "Todd Gitlin"
    )]
    [InlineData("His early opposition to Stalin is the reason Susan Sontag anointed him “…”", "Susan Sontag")]
    [InlineData("Sontag wrote, “…”", "Sontag")]
    [InlineData("As Sontag once put it, “…”", "Sontag")]
    [InlineData("Susan Sontag, who admired him, has said, “…”", "Susan Sontag")]
    [InlineData("Susan Sontag called Serge “…”", "Susan Sontag")]
    [InlineData("Sontag told Serge, “…”", "Sontag")]
    [InlineData("“…,” Sontag wrote.", "Sontag")]
    [InlineData("“…,” wrote Susan Sontag of Serge.", "Susan Sontag")]
    [InlineData("“…,” as Susan Sontag has written.", "Susan Sontag")]
    [InlineData("“…,” Todd Gitlin, a scholar, observed.", "Todd Gitlin")]
    [InlineData("In Sontag’s words, he was “…”", "Sontag")]
    [InlineData("He was, according to Susan Sontag, “…”", "Susan Sontag")]
    [InlineData("Serge, quoting Lenin, adds, “…”", "Lenin")]
    [InlineData("The critic George Orwell admired the book and later described it as “…”", "George Orwell")]
    [InlineData("The poet Jean de la Fontaine wrote, “…”", "Jean de la Fontaine")]
    [InlineData("As she once put it, “…”", "she")]
    [InlineData("“…,” they said.", "they")]
    [InlineData("As I wrote in 1963, “…”", "I")]
    [InlineData("As we said, “…”", "we")]
    [InlineData("In Sontag’s words, quoting Orwell, “…”", "Sontag")] // the first of two
    [InlineData("According to the critic, Susan Sontag wrote, “…”", "Susan Sontag")]
    [InlineData("Susan Sontag’s own and only verdict was said to be “…”", "Susan Sontag")]
    [InlineData("As you say, “…”", "you")]
    [InlineData("“…,” as the old critic Sontag wrote.", "Sontag")] // the verb is the sixth word
    [InlineData("He was there when Sontag early said, “…”", "Sontag")] // "early" may be between
    [InlineData("According to Sontag, “…”", "Sontag")]
    [InlineData("And quoting Sontag he adds, “…”", "Sontag")]
    [InlineData("Sontag’s verdict was hard: “…”", "Sontag")]
    [InlineData("He came. So Sontag wrote, “…”", "Sontag")]
    [InlineData("Orwell wrote that Sontag wrote, “…”", "Sontag")] // the last verb
    [InlineData("In Paris, Orwell, a critic, wrote, “…”", "Orwell")]
    [InlineData("Orwell and then Sontag saw it, writing: “…”", "Sontag")] // two names: the last one before the verb
    public void Find_WordsOfAnotherPerson_IsThatPerson(string sentence, string name)
    {
        var speaker = SpeakerOf(sentence);
        Assert.Equal((SpeakerKind.Other, name), (speaker.Kind, speaker.Name));
    }

    [Theory]
    [InlineData("The pilots were hungry: “…”")]
    [InlineData("“…” It was so.")]
    [InlineData("The purpose of this writing would be “…”")]
    [InlineData("This was the time of the Five Year Plan when the government went to work: “…”")]
    [InlineData("“Other” because the work had limits: “…”")]
    [InlineData("“…,” wrote.")] // only a verb
    [InlineData("“…,” as the old and good critic Sontag wrote.")] // the verb is the eighth word
    [InlineData("“…,” as the old, good critic Sontag wrote.")] // the seventh
    [InlineData("A critic, wrote, “…”")]
    [InlineData("Said “…”")]
    [InlineData("The idea was Sontag’s: “…”")] // the possessive has no noun
    [InlineData("Recently was said, “…”")]
    [InlineData("She came, wrote, “…”")]
    [InlineData("The word named Sontag so: “…”")] // the name follows the verb
    [InlineData("“…,” was the word of Sontag.")]
    [InlineData("The rules of Sontag said so: “…”")] // the name is not the subject
    [InlineData("To say it: “…” said of Sontag.")]
    public void Find_WordsWithoutASpeaker_IsUnnamed(string sentence) =>
        Assert.Equal(SpeakerKind.Unnamed, SpeakerOf(sentence).Kind);

    [Fact]
    public void Find_AQuotationThatIsAWholeSentence_IsTheSentenceBefore()
    {
        Assert.Equal(SpeakerKind.Author, SpeakerOf("He was ill and thought of his books. “…”").Kind);
        Assert.Equal("Sontag", SpeakerOf("So Sontag wrote of him. “…”").Name);
    }

    [Fact]
    public void Find_AParagraphThatIsOneQuotation_IsTheEndOfThePreviousParagraph()
    {
        Essay essay = new(Source, ["Sontag was there. He was their go-between.", "", "“…”"]);
        Assert.Equal(
            SpeakerKind.Author,
            new SpeakerFinder(Some.Author).Find(SurroundingText.Find(essay.Quotations[0], essay.Quotations[0])).Kind
        );
    }

    [Fact]
    public void Find_ABlock_IsTheSentenceWithTheColon()
    {
        Essay essay = new(Source, ["He was there. Susan Sontag once wrote of him:", "", "…"]);
        Assert.Equal(
            "Susan Sontag",
            new SpeakerFinder(Some.Author).Find(SurroundingText.Find(essay.Quotations[0], essay.Quotations[0])).Name
        );
    }

    [Theory]
    [InlineData("As he wrote in 1919, from war-torn Petrograd, “…”", "Petrograd")]
    [InlineData("He praised the Cheka (a forerunner of the KGB), and declares, “…”", "Cheka, KGB")]
    [InlineData(
        "Like Emma Goldman or Jean de la Fontaine, Serge says, “…” to Trotsky.",
        "Emma Goldman, Jean de la Fontaine, Serge, Trotsky"
    )]
    [InlineData("Anarchism not only gave him a cause: “…”", "")]
    [InlineData("He thought of Stalin’s “other” and of “…”", "Stalin")]
    public void Names_AroundAQuotation_AreThoseOfTheSentence(string sentence, string expected) =>
        Assert.Equal(expected, string.Join(", ", IntroductionOf(sentence).Names.Select(static name => name.Text)));

    private static Speaker SpeakerOf(string sentence) => new SpeakerFinder(Some.Author).Find(IntroductionOf(sentence));

    private static SurroundingText IntroductionOf(string paragraph)
    {
        var quotation = new Essay(Source, [paragraph]).Quotations.First(static quotation =>
            quotation.Text.StartsWith('…')
        );
        return SurroundingText.Find(quotation, quotation);
    }
}
