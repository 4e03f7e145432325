using CnnMrf.Core.Settings;
using CnnMrf.Engine.Energies;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Styles;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Reference;

public sealed class EnergyReferenceTests
{
    public static TheoryData<string> Cases => ReferenceData.Names("energies");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Copies_and_their_patches_are_numbered_as_in_the_reference(string name)
    {
        using var scope = NewDisposeScope();
        using var problem = new ReferenceProblem("energies", name, ScalarType.Float64);
        var styles = problem.Case["styles"]!.AsArray().Select(s => (string)s!).ToArray();
        var maps = problem.Case["styleMaps"]!.AsArray();
        Assert.Equal(maps.Count, problem.Styles.Copies.Count);
        for (var m = 0; m < maps.Count; m++)
        {
            var (style, transform) = problem.Styles.Copies[m];
            Assert.Equal((string)maps[m]!["style"]!, styles[style]);
            Assert.Equal((double)maps[m]!["degrees"]!, transform.Degrees, 1e-12);
            Assert.Equal((double)maps[m]!["scale"]!, transform.Scale, 1e-12);
            foreach (var layer in problem.Layers)
            {
                var map = problem.Styles.Pool(LayerName.Parse(layer))[m];
                var expected = maps[m]!["layers"]![layer]!;
                Assert.Equal(
                    ((int)expected["firstPatch"]!, (int)expected["rows"]!, (int)expected["columns"]!),
                    (map.FirstIndex, map.Grid.Rows.Length, map.Grid.Columns.Length));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matches_agree_with_the_reference(string name)
    {
        using var exact = new ReferenceProblem("energies", name, ScalarType.Float64);
        foreach (var (type, resolved) in new[] { (ScalarType.Float64, 1e-12), (ScalarType.Float32, 1e-5) })
        {
            using var scope = NewDisposeScope();
            using var problem = new ReferenceProblem("energies", name, type);
            using var energy = problem.Energy();
            energy.Evaluate(problem.InNetworkSpace((string)problem.Case["image"]!));
            var features = exact.Network.Forward(exact.InNetworkSpace((string)problem.Case["image"]!), energy.Fields.Keys.ToArray());
            foreach (var (layer, field) in energy.Fields)
            {
                var indices = ReferenceData.Indices("energies", $"{name}/{layer}/indices");
                var ncc = ReferenceData.Doubles("energies", $"{name}/{layer}/ncc");
                var margin = ReferenceData.Doubles("energies", $"{name}/{layer}/margin");
                var query = FeatureMap.FromNchw(features[layer]);
                for (var i = 0; i < indices.Length; i++)
                {
                    if (margin[i] > resolved)
                    {
                        Assert.Equal(indices[i], field.Index[i]);
                    }

                    Assert.Equal(ncc[i], field.Score[i], 1e-5);
                    var score = Ncc(query, field.Grid, i, exact.Styles.Pool(layer), field.Index[i]);
                    Assert.True(score >= ncc[i] - 1e-6, $"{layer}, patch {i}: {score:R} is below the best, {ncc[i]:R}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Terms_agree_under_the_reference_s_matches(string name)
    {
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-10), (ScalarType.Float32, 1e-5) })
        {
            using var scope = NewDisposeScope();
            using var problem = new ReferenceProblem("energies", name, type);
            var x = problem.InNetworkSpace((string)problem.Case["image"]!);
            using var energy = problem.EnergyWithMatches(x);
            var evaluation = energy.Evaluate(x);
            foreach (var layer in problem.Layers)
            {
                Values.AssertRelative(problem.Expected($"mrf.{layer}"), energy.Terms.Style[layer], tolerance, layer);
            }

            Values.AssertRelative(problem.Expected("content"), energy.Terms.Content, tolerance, "content");
            Values.AssertRelative(problem.Expected("smoothness"), energy.Terms.Smoothness, tolerance, "smoothness");
            Values.AssertRelative(problem.Expected("total"), evaluation.Value, tolerance, "total");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_by_the_features_agrees(string name)
    {
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-10), (ScalarType.Float32, 1e-5) })
        {
            using var scope = NewDisposeScope();
            using var problem = new ReferenceProblem("energies", name, type);
            var x = problem.InNetworkSpace((string)problem.Case["image"]!);
            foreach (var match in MatchLayer.Of(problem.Settings))
            {
                using var query = FeatureMap.FromNchw(problem.Network.Forward(x, [match.Layer])[match.Layer]);
                var field = problem.Field(match, x);
                var pull = new PatchPull(field.Grid, query.Height, query.Width).Evaluate(
                    query, problem.Styles.Maps(match.Layer), problem.Styles.Pool(match.Layer), field, averaged: false, -1, 2);
                var expected = ReferenceData.Tensor("energies", $"{name}/{match.Layer}/gradient");
                var error = pull.Gradient.permute(2, 0, 1).RelativeMaximum(expected);
                Assert.True(error <= tolerance, $"{match.Layer} in {type}: {error:E1}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_by_the_pixels_agrees(string name)
    {
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-9), (ScalarType.Float32, 1e-5) })
        {
            using var scope = NewDisposeScope();
            using var problem = new ReferenceProblem("energies", name, type);
            var x = problem.InNetworkSpace((string)problem.Case["image"]!);
            using var energy = problem.EnergyWithMatches(x);
            var error = energy.Evaluate(x).Gradient.RelativeNorm(problem.Gradient("total"));
            Assert.True(error <= tolerance, $"{type}: {error:E1}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_of_each_term_agrees(string name)
    {
        if (!(bool)ReferenceData.Case("energies", name)["parts"]!)
        {
            return;
        }

        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-9), (ScalarType.Float32, 1e-5) })
        {
            using var scope = NewDisposeScope();
            using var problem = new ReferenceProblem("energies", name, type);
            var x = problem.InNetworkSpace((string)problem.Case["image"]!);
            var none = problem.Settings with { StyleWeight = 0, SmoothnessWeight = 0 };
            Check("content", none, 1);
            Check("smoothness", none with { SmoothnessWeight = 1 }, 0);
            foreach (var layer in problem.Layers)
            {
                Check($"mrf.{layer}", none with
                {
                    StyleWeight = 1,
                    MrfLayers = new(problem.Settings.MrfLayers.Select(l => l with { Weight = l.Layer.ToString() == layer ? 1 : 0 })),
                }, 0);
            }

            void Check(string term, SynthesisSettings settings, double contentWeight)
            {
                using var energy = problem.EnergyWithMatches(x, settings, contentWeight);
                var evaluation = energy.Evaluate(x);
                Values.AssertRelative(problem.Expected(term), evaluation.Value, tolerance, term);
                var error = evaluation.Gradient.RelativeNorm(problem.Gradient(term));
                Assert.True(error <= tolerance, $"{term} in {type}: {error:E1}");
            }
        }
    }

    // By the definition, in double.
    private static double Ncc(FeatureMap query, PatchGrid grid, int i, StylePool pool, int j)
    {
        using var scope = NewDisposeScope();
        var (row, column) = grid.Corner(i);
        var (map, styleRow, styleColumn) = pool.Locate(j);
        var a = query.Values.narrow(0, row, grid.Size).narrow(1, column, grid.Size);
        var b = map.Features.Values.narrow(0, styleRow, grid.Size).narrow(1, styleColumn, grid.Size);
        return ((a * b).sum() / (a.norm() * b.norm())).ToDouble();
    }
}
