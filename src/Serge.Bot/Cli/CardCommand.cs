using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Serge.Bot.Cards;

namespace Serge.Bot.Cli;

/// <summary><c>serge card ID</c>: writes the picture of a quotation or event to a file.</summary>
internal static partial class CardCommand
{
    public static Command Create(CommandContext context)
    {
        var id = ItemLookup.CreateArgument(context);
        Option<string> output = new("--output")
        {
            Description = "The PNG file to write. An existing file is replaced.",
            Required = true,
        };
        Option<bool> dark = new("--dark") { Description = "Light text on a dark background." };
        Option<PictureSize> size = new("--size")
        {
            Description = "Width and height in pixels, each 300 to 2160, such as 1080x1080.",
            DefaultValueFactory = _ => new PictureSize(CardStyle.DefaultWidth, CardStyle.DefaultHeight),
            CustomParser = ParseSize,
        };
        Command command = new("card", "Write the picture of a quotation or event to a file, and print its description.")
        {
            id,
            output,
            dark,
            size,
        };
        command.SetAction(
            async (result, cancellationToken) =>
            {
                var file = result.GetValue(output)!;
                if (string.IsNullOrWhiteSpace(file))
                {
                    throw new CommandException("The name of the picture is empty. Write one, such as card.png.");
                }

                var view = await CatalogueView.ReadAsync(context.GetHome(result), context, cancellationToken);
                var picture = FindPicture(result.GetValue(id)!, view.Unfiltered);
                var (width, height) = result.GetValue(size);
                CardStyle style = new(width, height, result.GetValue(dark));
                var png = await DrawAsync(picture, style, view.Settings.Cards, cancellationToken);
                await File.WriteAllBytesAsync(file, png, cancellationToken);
                await context.Error.WriteLineAsync(Describe(file, style, png));
                await context.Output.WriteLineAsync(picture.Description);
                return CommandLine.GetExitCode(isSuccess: true);
            }
        );
        return command;
    }

    private static string Describe(string file, CardStyle style, byte[] png)
    {
        var kilobytes = (png.Length + 999) / 1000;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: {style.Width} × {style.Height} pixels, {kilobytes} kB. Its description for screen readers:"
        );
    }

    private static PostPicture FindPicture(string id, QuoteCatalogue catalogue)
    {
        if (catalogue.FindQuote(id) is { } quote)
        {
            return PictureFormatter.Format(quote, Strings.English);
        }

        if (catalogue.FindEvent(id) is { } e)
        {
            return PictureFormatter.Format(e, Strings.English);
        }

        throw ItemLookup.CreateNotFound(id, catalogue);
    }

    private static async Task<byte[]> DrawAsync(
        PostPicture picture,
        CardStyle style,
        CardSettings settings,
        CancellationToken cancellationToken
    )
    {
        using PictureDrawer drawer = new(settings, FontFolders.System, NullLogger<PictureDrawer>.Instance);
        try
        {
            return await drawer.DrawAsync(picture, style, cancellationToken);
        }
        catch (CardException e)
        {
            throw new CommandException(e.Message);
        }
    }

    private static PictureSize ParseSize(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (Size().Match(text) is { Success: true } match)
        {
            var width = ParseSide(match.Groups["width"]);
            var height = ParseSide(match.Groups["height"]);
            if (IsInRange(width) && IsInRange(height))
            {
                return new PictureSize(width, height);
            }
        }

        argument.AddError(
            $"--size {text} is not a size. Write width and height in pixels, each {CardStyle.MinSide} to "
                + $"{CardStyle.MaxSide}, such as 1080x1080."
        );
        return default;
    }

    private static int ParseSide(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    private static bool IsInRange(int side) => side is >= CardStyle.MinSide and <= CardStyle.MaxSide;

    /// <param name="Width">In pixels.</param>
    /// <param name="Height">In pixels.</param>
    private readonly record struct PictureSize(int Width, int Height)
    {
        /// <summary>As it is typed.</summary>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");
    }

    [GeneratedRegex("^(?<width>[0-9]{1,6})[x×](?<height>[0-9]{1,6})$", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Size();
}
