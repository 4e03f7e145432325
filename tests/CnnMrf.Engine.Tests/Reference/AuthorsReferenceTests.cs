using CnnMrf.Core.Settings;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Reference;

public sealed class AuthorsReferenceTests
{
    public static TheoryData<string> Cases => ReferenceData.Names("authors");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Objective_and_gradient_are_those_of_the_authors_line(string name)
    {
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-9), (ScalarType.Float32, 1e-5) })
        {
            using var scope = NewDisposeScope();
            using var problem = new ReferenceProblem("authors", name, type);
            var v = ReferenceData.Tensor("authors", $"{name}/v", type).unsqueeze(0);
            using var energy = problem.EnergyWithMatches(v);
            var evaluation = energy.Evaluate(v);
            Values.AssertRelative(problem.Expected("objective"), evaluation.Value, tolerance, "objective");
            var error = evaluation.Gradient.RelativeNorm(problem.Gradient("total"));
            Assert.True(error <= tolerance, $"{type}: {error:E1}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matches_agree_with_the_reference(string name)
    {
        foreach (var type in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            using var scope = NewDisposeScope();
            using var problem = new ReferenceProblem("authors", name, type);
            using var energy = problem.Energy();
            energy.Evaluate(ReferenceData.Tensor("authors", $"{name}/v", type).unsqueeze(0));
            Assert.True(problem.Expected("minMargin") > 1e-5);
            foreach (var (layer, field) in energy.Fields)
            {
                Assert.Equal(ReferenceData.Indices("authors", $"{name}/{layer}/indices"), field.Index);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_term_and_its_gradient_agree(string name)
    {
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-9), (ScalarType.Float32, 1e-5) })
        {
            using var scope = NewDisposeScope();
            using var problem = new ReferenceProblem("authors", name, type);
            var v = ReferenceData.Tensor("authors", $"{name}/v", type).unsqueeze(0);
            Check("mrf", problem.Layers.Sum(l => problem.Expected($"mrf.{l}")), problem.Settings with { SmoothnessWeight = 0 }, 0);
            Check("content", problem.Expected("content"), problem.Settings with { StyleWeight = 0, SmoothnessWeight = 0 }, 20);
            Check("smoothness", problem.Expected("smoothness"), problem.Settings with { StyleWeight = 0 }, 0);

            void Check(string term, double expected, SynthesisSettings settings, double contentWeight)
            {
                using var energy = problem.EnergyWithMatches(v, settings, contentWeight);
                var evaluation = energy.Evaluate(v);
                Values.AssertRelative(expected, evaluation.Value, tolerance, term);
                if ((bool)problem.Case["parts"]!)
                {
                    var error = evaluation.Gradient.RelativeNorm(problem.Gradient(term));
                    Assert.True(error <= tolerance, $"{term} in {type}: {error:E1}");
                }
            }
        }
    }
}
