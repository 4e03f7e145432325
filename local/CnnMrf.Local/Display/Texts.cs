using System.Globalization;
using CnnMrf.Engine.Synthesis;

namespace CnnMrf.Local.Display;

/// <summary>Numbers as people read them.</summary>
internal static class Texts
{
    /// <summary><c>0.4 s</c>, <c>42 s</c>, <c>3 min 10 s</c>, <c>1 h 05 min</c>.</summary>
    internal static string Duration(double seconds)
    {
        if (!(seconds >= 0) || double.IsInfinity(seconds))
        {
            return "?";
        }

        if (seconds < 9.95)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
        }

        var whole = (long)Math.Round(seconds);
        return whole < 60 ? $"{whole} s"
            : whole < 3600 ? $"{whole / 60} min {whole % 60:00} s"
            : $"{whole / 3600} h {whole % 3600 / 60:00} min";
    }

    /// <summary>A share, two digits: <c>0.42</c>.</summary>
    internal static string Share(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>
    /// How a result's patches were picked: <c>copy 0.21, layout 0.83, style 1 also mirrored</c>; no layout without a content picture.
    /// </summary>
    internal static string Matches(MatchStatistics matches) =>
        $"copy {Share(matches.Copy)}{(matches.Layout is { } layout ? $", layout {Share(layout)}" : "")}"
        + (matches.MirroredStyles is { Count: > 0 } mirrored
            ? $", style{(mirrored.Count > 1 ? "s" : "")} {string.Join(", ", mirrored)} also mirrored" : "");

    /// <summary>An energy, four digits: <c>1.235e6</c>, <c>0.1235</c>.</summary>
    internal static string Energy(double value) => value switch
    {
        0 => "0",
        _ when Math.Abs(value) is >= 1e-2 and < 1e4 => value.ToString("G4", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###e0", CultureInfo.InvariantCulture),
    };
}
