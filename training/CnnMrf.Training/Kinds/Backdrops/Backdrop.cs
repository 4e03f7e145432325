using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds.Backdrops;

/// <summary>
/// What is behind a subject: studio, wall, wallpaper, window, shelves, meadow, sea, street, wood, bokeh, dusk, stripes, patches … Parts:
/// <c>background</c> (anything that is no thing), <c>background.pattern</c>, <c>wall</c>, <c>floor</c>, <c>background.skirting</c>,
/// <c>window.frame</c>, <c>window.glass</c>, <c>curtain</c>, <c>shelf</c>, <c>book</c>, <c>picture.frame</c>, <c>sky</c>, <c>cloud</c>,
/// <c>sun</c>, <c>star</c>, <c>hill</c>, <c>grass</c>, <c>water</c>, <c>sand</c>, <c>street</c>, <c>roof</c>, <c>tree.leaves</c>,
/// <c>tree.trunk</c>.
/// </summary>
public static class Backdrop
{
    /// <summary>
    /// Fills the picture, also where the view shows more than 0…1, and names <c>background.top.left</c>, <c>background.top.right</c>,
    /// <c>background.middle.left</c>, <c>background.middle.right</c>, <c>background.bottom.left</c> and <c>background.bottom.right</c>,
    /// each on the part that shows there.
    /// </summary>
    /// <param name="painter">In units of the picture's side.</param>
    /// <param name="random">Decides everything; one step is taken from it.</param>
    public static void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        var sketch = new Sketch(painter);
        Watch(sketch);
        var own = random.Fork();
        Action<Sketch, SceneRandom> draw = own.Below(20) switch
        {
            0 or 1 => PlainBackdrops.Studio,
            2 or 3 => PlainBackdrops.Gradient,
            4 or 5 => PlainBackdrops.Bokeh,
            6 => PlainBackdrops.Stripes,
            7 => PlainBackdrops.Patches,
            8 => IndoorBackdrops.Wall,
            9 => IndoorBackdrops.Wallpaper,
            10 => IndoorBackdrops.Bricks,
            11 => IndoorBackdrops.Window,
            12 => IndoorBackdrops.Shelves,
            13 => IndoorBackdrops.Room,
            14 or 15 => OutdoorBackdrops.Meadow,
            16 => OutdoorBackdrops.Sea,
            17 => OutdoorBackdrops.Street,
            18 => OutdoorBackdrops.Wood,
            _ => OutdoorBackdrops.Skyline,
        };
        draw(sketch, own);
        sketch.Tell();
    }

    private static void Watch(Sketch sketch)
    {
        sketch.Watch("background.top.left", 0.07f, 0.08f);
        sketch.Watch("background.top.right", 0.93f, 0.08f);
        sketch.Watch("background.middle.left", 0.05f, 0.5f);
        sketch.Watch("background.middle.right", 0.95f, 0.5f);
        sketch.Watch("background.bottom.left", 0.07f, 0.93f);
        sketch.Watch("background.bottom.right", 0.93f, 0.93f);
    }
}
