using System.Globalization;
using System.Net;
using System.Text;

namespace Serge.Bot.Benchmarks.Support;

/// <summary>A line chart with two logarithmic axes, written as SVG that is readable in light and dark mode.</summary>
/// <param name="Title">What the chart shows.</param>
/// <param name="XLabel">Quantity and unit of the horizontal axis.</param>
/// <param name="YLabel">Quantity and unit of the vertical axis.</param>
/// <param name="Lines">At most six.</param>
internal sealed record SvgChart(string Title, string XLabel, string YLabel, IReadOnlyList<ChartLine> Lines)
{
    private const int Width = 720;
    private const int Height = 400;
    private const int Left = 76;
    private const int Right = 560;
    private const int Top = 48;
    private const int Bottom = 344;

    /// <summary>Distinguishes the lines without colour.</summary>
    private static readonly string[] Dashes = ["none", "8 4", "2 4", "10 3 2 3", "14 4", "4 2"];

    /// <summary>A value that should not be exceeded, drawn as a thin line; <see langword="null"/> for none.</summary>
    public double? Goal { get; init; }

    /// <summary>Writes the file.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, ToSvg());
        Console.WriteLine($"Chart: {path}");
    }

    public string ToSvg()
    {
        var points = Lines.SelectMany(line => line.Points).ToList();
        var x = LogAxis.Around(points.Select(point => point.X), Left, Right);
        var values = points.Select(point => point.Y).Concat(Goal is { } goal ? [goal] : Array.Empty<double>());
        var y = LogAxis.Around(values, Bottom, Top);
        StringBuilder svg = new();
        WriteHead(svg);
        WriteAxes(svg, x, y);
        if (Goal is { } limit)
        {
            var at = Format(y.Place(limit));
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"goal\" d=\"M{Left} {at}H{Right}\"/>\n");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Left + 8}\" y=\"{at}\" dy=\"-6\">goal: at most {LogAxis.Name(limit)}</text>\n"
            );
        }

        WriteLines(svg, x, y);
        return svg.Append("</svg>\n").ToString();
    }

    private void WriteHead(StringBuilder svg)
    {
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\">\n"
        );
        svg.Append(CultureInfo.InvariantCulture, $"<title>{Encode(Title)}</title>\n");
        svg.Append(
            """
            <style>
            text { font: 13px system-ui, sans-serif; fill: #24292f }
            .title { font-weight: 600; font-size: 15px }
            .grid { stroke: #d0d7de; fill: none }
            .goal { stroke: #57606a; stroke-dasharray: 1 3; fill: none }
            .line { fill: none; stroke-width: 2 }
            .c0 { --c: #0550ae } .c1 { --c: #bc4c00 } .c2 { --c: #116329 } .c3 { --c: #8250df } .c4 { --c: #9a6700 } .c5 { --c: #a40e26 }
            .line { stroke: var(--c) } .dot, .name { fill: var(--c) }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 } .grid { stroke: #3d444d } .goal { stroke: #9198a1 }
            .c0 { --c: #79c0ff } .c1 { --c: #ffa657 } .c2 { --c: #7ee787 } .c3 { --c: #d2a8ff } .c4 { --c: #e3b341 } .c5 { --c: #ff7b72 }
            }
            </style>

            """
        );
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"title\" x=\"{Left}\" y=\"24\">{Encode(Title)}</text>\n"
        );
    }

    private void WriteAxes(StringBuilder svg, LogAxis x, LogAxis y)
    {
        foreach (var value in y.Ticks)
        {
            var at = Format(y.Place(value));
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Left} {at}H{Right}\"/>\n");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Left - 8}\" y=\"{at}\" dy=\"4\" text-anchor=\"end\">{LogAxis.Name(value)}</text>\n"
            );
        }

        foreach (var value in x.Ticks)
        {
            var at = Format(x.Place(value));
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{at} {Top}V{Bottom}\"/>\n");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{at}\" y=\"{Bottom + 20}\" text-anchor=\"middle\">{LogAxis.Name(value)}</text>\n"
            );
        }

        const int Middle = (Top + Bottom) / 2;
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{(Left + Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">{Encode(XLabel)}</text>\n"
        );
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text transform=\"translate(18 {Middle}) rotate(-90)\" text-anchor=\"middle\">{Encode(YLabel)}</text>\n"
        );
    }

    private void WriteLines(StringBuilder svg, LogAxis x, LogAxis y)
    {
        var names = PlaceNames(y);
        for (var index = 0; index < Lines.Count; index++)
        {
            var line = Lines[index];
            var path = string.Join(
                'L',
                line.Points.Select(point => $"{Format(x.Place(point.X))} {Format(y.Place(point.Y))}")
            );
            svg.Append(CultureInfo.InvariantCulture, $"<g class=\"c{index}\">\n");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"line\" stroke-dasharray=\"{Dashes[index]}\" d=\"M{path}\"/>\n"
            );
            foreach (var point in line.Points)
            {
                var (cx, cy) = (Format(x.Place(point.X)), Format(y.Place(point.Y)));
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot\" cx=\"{cx}\" cy=\"{cy}\" r=\"3\"/>\n");
            }

            var at = Format(names[index]);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"name\" x=\"{Right + 8}\" y=\"{at}\" dy=\"4\">{Encode(line.Name)}</text>\n</g>\n"
            );
        }
    }

    /// <summary>Places each name at the end of its line, without overlap between names.</summary>
    private double[] PlaceNames(LogAxis y)
    {
        const double Distance = 16;
        var places = new double[Lines.Count];
        var last = double.MinValue;
        foreach (var index in Enumerable.Range(0, Lines.Count).OrderBy(index => y.Place(Lines[index].Points[^1].Y)))
        {
            last = Math.Max(last + Distance, y.Place(Lines[index].Points[^1].Y));
            places[index] = last;
        }

        return places;
    }

    private static string Format(double pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">Written at its end.</param>
/// <param name="Points">From left to right, all above zero.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);
