using CnnMrf.Api.Problems;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Api.Forms;

/// <summary>A part that the form may have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">The picture that it is; null for a text.</param>
/// <param name="Most">How often it may be given.</param>
internal sealed record FormPart(string Name, InputRole? Role, int Most = 1)
{
    public static FormPart NamePart { get; } = new("name", null);

    public static FormPart Settings { get; } = new("settings", null);

    public static IReadOnlyList<FormPart> All { get; } =
    [
        new("content", InputRole.Content),
        new("style", InputRole.Style, RequestLimits.Styles),
        Settings,
        NamePart,
        new("contentMap", InputRole.ContentMap),
        new("styleMap", InputRole.StyleMap, RequestLimits.Styles),
        new("initial", InputRole.Initial),
    ];

    public static FormPart Of(string name) => All.FirstOrDefault(p => p.Name == name) ?? throw ApiProblem.BadRequest(
        Shown.Of(name), $"There is no part '{Shown.Of(name)}'. A form may have {string.Join(", ", All.Select(p => p.Name))}.");

    /// <summary>Refuses one more than may be.</summary>
    /// <param name="given">How many came before.</param>
    public void RefuseMore(int given)
    {
        if (given >= Most)
        {
            throw ApiProblem.BadRequest(Name, Most == 1
                ? $"The part {Name} is given several times. Give it once."
                : $"The part {Name} is given more than {Most} times. Give at most {Most}.");
        }
    }
}
