namespace Serge.Bot.Catalogue.Tests;

public sealed class EdtfDateFrenchTests
{
    [Theory]
    [InlineData("1933-02-01", "1er février 1933")]
    [InlineData("1933-08-21", "21 août 1933")]
    [InlineData("1919-01", "janvier 1919")]
    [InlineData("1936-21", "printemps 1936")]
    [InlineData("1936-24", "hiver 1936")]
    [InlineData("1912", "1912")]
    [InlineData("196X", "années 1960")]
    [InlineData("19XX", "XXe siècle")]
    [InlineData("18XX", "XIXe siècle")]
    [InlineData("1904~", "vers 1904")]
    [InlineData("1904?", "peut-être 1904")]
    [InlineData("1904%", "peut-être vers 1904")]
    [InlineData("1939/1945", "de 1939 à 1945")]
    [InlineData("1919-01/1919-03", "de janvier à mars 1919")]
    [InlineData("1918-10/1919-01", "d’octobre 1918 à janvier 1919")]
    [InlineData("1919-01-01/1919-01-12", "du 1er au 12 janvier 1919")]
    [InlineData("1919-03-29/1919-07-04", "du 29 mars au 4 juillet 1919")]
    [InlineData("1918-11-11/1919-06-28", "du 11 novembre 1918 au 28 juin 1919")]
    [InlineData("1936-21/1936-23", "du printemps à l’automne 1936")]
    [InlineData("1936-22/1937-21", "de l’été 1936 au printemps 1937")]
    [InlineData("1917/1919-06", "de 1917 à juin 1919")]
    [InlineData("192X/193X", "des années 1920 aux années 1930")]
    [InlineData("18XX/19XX", "du XIXe siècle au XXe siècle")]
    [InlineData("1904~/1907", "vers 1904 – 1907")]
    [InlineData("1945/..", "à partir de 1945")]
    [InlineData("1945-10/..", "à partir d’octobre 1945")]
    [InlineData("1945-05-08/..", "à partir du 8 mai 1945")]
    [InlineData("../1945", "jusqu’en 1945")]
    [InlineData("../1945-05", "jusqu’en mai 1945")]
    [InlineData("../1945-05-01", "jusqu’au 1er mai 1945")]
    [InlineData("../1945-22", "jusqu’à l’été 1945")]
    public void ToFrench_IsALabelAsExactAsTheDate(string edtf, string french) =>
        Assert.Equal(french, EdtfDate.Parse(edtf).ToFrench());
}
