using CnnMrf.Core.Pictures;
using CnnMrf.Training.Evaluation.Restylings;

namespace CnnMrf.Training.Evaluation.Correspondence;

/// <summary>A picture's warped and restyled self.</summary>
/// <param name="Restyling">Its name.</param>
/// <param name="Picture">Of the same size.</param>
/// <param name="Warp">Where everything is.</param>
internal sealed record RestyledSelf(string Restyling, Picture Picture, KnownWarp Warp);

/// <summary>A picture at one size, and its warped and restyled selves.</summary>
/// <param name="Of">Where it is from: pictures or scenes.</param>
/// <param name="Name">The picture's.</param>
/// <param name="LongSide">Px.</param>
/// <param name="Picture">As it is.</param>
/// <param name="Selves">One for every restyling and warp.</param>
internal sealed record RestyledPicture(string Of, string Name, int LongSide, Picture Picture, IReadOnlyList<RestyledSelf> Selves)
{
    /// <summary>Restyles a picture. A warp is the same at every size.</summary>
    /// <param name="of">Where it is from.</param>
    /// <param name="name">Its name, which decides the warps.</param>
    /// <param name="picture">Of any size.</param>
    /// <param name="longSide">The size to be had, px.</param>
    /// <param name="warps">For each restyling.</param>
    public static RestyledPicture Make(string of, string name, Picture picture, int longSide, int warps)
    {
        var small = picture.ResizeLongSide(longSide);
        var selves = new List<RestyledSelf>();
        foreach (var restyling in Restyling.All)
        {
            for (var i = 0; i < warps; i++)
            {
                var random = HeldOut.Stream($"{restyling.Name} of {name}", i);
                var warp = KnownWarp.Random(small.Size, random.Fork());
                selves.Add(new(restyling.Name, restyling.Apply(warp.Apply(small), random.Fork()), warp));
            }
        }

        return new(of, name, longSide, small, selves);
    }
}
