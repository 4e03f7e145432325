namespace CnnMrf.Api.Problems;

/// <summary>A problem document (RFC 9457).</summary>
/// <param name="Type">A name of the kind of problem: <c>urn:cnnmrf:problem:{code}</c>.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and the remedy.</param>
/// <param name="Code">For programs; see <see cref="CnnMrf.Pipeline.ProblemCodes"/>.</param>
/// <param name="Field">The part, parameter or setting it is about, where it is about one.</param>
/// <param name="Errors">Each problem on its own, where there are several.</param>
/// <param name="TraceId">What to look for in the server's log; only where the server is at fault.</param>
public sealed record ProblemDocument(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string? Field = null,
    IReadOnlyList<FieldProblem>? Errors = null,
    string? TraceId = null);

/// <summary>One of several problems.</summary>
/// <param name="Field">The setting.</param>
/// <param name="Detail">What is wrong with it and the remedy.</param>
public sealed record FieldProblem(string Field, string Detail);
