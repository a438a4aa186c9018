using System.Runtime.InteropServices;

namespace Serge.Bot.Catalogue.Reading;

/// <summary>A text of a quote file and its position.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LocatedText(string Text, FileLocation Location);
