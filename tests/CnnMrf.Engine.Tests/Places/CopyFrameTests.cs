using CnnMrf.Engine.Styles;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Engine.Tests.Places;

public sealed class CopyFrameTests
{
    [Fact]
    public void A_place_of_a_picture_lies_in_its_copy_where_that_shows_it()
    {
        var cases =
            from width in Gen.Choose(20, 200)
            from height in Gen.Choose(20, 200)
            from degrees in Gen.Choose(-15, 15)
            from percent in Gen.Choose(80, 120)
            from mirrored in ArbMap.Default.GeneratorFor<bool>()
            from place in Gen.Choose(0, 100).Two()
            select (width, height, new CopyTransform(degrees, percent / 100.0, mirrored), place.Item1 / 100.0, place.Item2 / 100.0);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var (width, height, transform, x, y) = one;
            var (w, h) = StyleCopies.Size(width, height, transform);
            var there = StyleCopies.Frame(width, height, transform).About(x, y);
            var (backX, backY) = StyleCopies.Source(width, height, transform, there.U * w, there.V * h);
            Assert.Equal(x, backX / width, 1e-9);
            Assert.Equal(y, backY / height, 1e-9);
        }).Check(Config.QuickThrowOnFailure);
    }
}
