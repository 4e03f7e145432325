using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds;

/// <summary>
/// Something that can be drawn in endless variety, with named parts: two individuals of one kind are paired by their landmarks, and areas
/// of one part name belong together.
/// </summary>
public interface ISceneKind
{
    /// <summary>The kind's name, e.g. <c>face</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Whether it has a front and a back that lie at the picture's left and right. Two that face opposite ways have no parts in the same
    /// arrangement, and no patch of one could stand in the other: pairs of individuals face the same way.
    /// </summary>
    bool FacesSideways => false;

    /// <summary>Draws an individual, background included.</summary>
    /// <param name="painter">Units of the picture's side.</param>
    /// <param name="random">Decides everything: shape, pose, natural colours. The same stream draws the same individual.</param>
    void Draw(Painter painter, SceneRandom random);
}
