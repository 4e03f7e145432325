namespace CnnMrf.Training.Looks;

/// <summary>A family of looks.</summary>
public enum LookKind
{
    /// <summary>Shaded, soft, with grain: like a photograph.</summary>
    Photo,

    /// <summary>Flat areas with outlines.</summary>
    Cartoon,

    /// <summary>Brushed.</summary>
    Painting,

    /// <summary>Any of these, or one in which colours and textures are no one thing's.</summary>
    Any,
}
