using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>What is worn on the head.</summary>
internal enum Headwear
{
    None,
    Cap,
    Beanie,
    Brimmed,
    Beret,
    Scarf,
}

/// <summary>What is worn on the eyes.</summary>
internal enum Eyewear
{
    None,
    Clear,
    Dark,
}

/// <summary>How hair is cut.</summary>
internal enum HairCut
{
    Bald,
    Wreath,
    Short,
    Spiky,
    Bob,
    Long,
    Curly,
    Bun,
}

/// <summary>How hair falls over the forehead.</summary>
internal enum Fringe
{
    None,
    Straight,
    Swept,
    Parted,
    Tufts,
}

/// <summary>How a beard is cut.</summary>
internal enum BeardCut
{
    None,
    Stubble,
    Full,
    Goatee,
    Moustache,
    Sideburns,
}

/// <summary>What a head wears and how its hair is cut.</summary>
internal sealed record Wardrobe(HairCut Hair, Fringe Fringe, BeardCut Beard, Headwear Headwear, Eyewear Glasses)
{
    /// <summary>By chance.</summary>
    public static Wardrobe Of(SceneRandom random)
    {
        var hair = random.Below(100) switch
        {
            < 6 => HairCut.Bald,
            < 11 => HairCut.Wreath,
            < 43 => HairCut.Short,
            < 57 => HairCut.Spiky,
            < 68 => HairCut.Bob,
            < 83 => HairCut.Long,
            < 93 => HairCut.Curly,
            _ => HairCut.Bun,
        };
        var fringe = hair is HairCut.Bald or HairCut.Wreath ? Fringe.None : random.Below(100) switch
        {
            < 38 => Fringe.None,
            < 50 => Fringe.Straight,
            < 72 => Fringe.Swept,
            < 84 => Fringe.Parted,
            _ => Fringe.Tufts,
        };
        var masculine = random.Chance(hair is HairCut.Bob or HairCut.Long or HairCut.Bun ? 0.15 : 0.7);
        var beard = !masculine ? BeardCut.None : random.Below(100) switch
        {
            < 42 => BeardCut.None,
            < 54 => BeardCut.Stubble,
            < 76 => BeardCut.Full,
            < 84 => BeardCut.Goatee,
            < 93 => BeardCut.Moustache,
            _ => BeardCut.Sideburns,
        };
        var headwear = random.Below(100) switch
        {
            < 83 => Headwear.None,
            < 87 => Headwear.Cap,
            < 90 => Headwear.Beanie,
            < 94 => Headwear.Brimmed,
            < 96 => Headwear.Beret,
            _ => beard == BeardCut.None ? Headwear.Scarf : Headwear.None,
        };
        var glasses = random.Below(100) switch
        {
            < 80 => Eyewear.None,
            < 95 => Eyewear.Clear,
            _ => Eyewear.Dark,
        };
        return new(hair, headwear is Headwear.None ? fringe : Fringe.None, beard, headwear, glasses);
    }
}
