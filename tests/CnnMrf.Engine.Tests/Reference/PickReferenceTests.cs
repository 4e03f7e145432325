using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Reference;

public sealed class PickReferenceTests
{
    public static TheoryData<string> Cases => ReferenceData.Names("picks");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ties_and_zero_norms_are_settled_as_in_the_reference(string name)
    {
        var c = ReferenceData.Case("picks", name);
        foreach (var type in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            using var scope = NewDisposeScope();
            var (patch, stride) = ((int)c["patch"]!, (int)c["stride"]!);
            using var query = FeatureMap.FromNchw(ReferenceData.Tensor("picks", $"{name}/query", type).unsqueeze(0));
            var maps = Enumerable.Range(0, (int)c["styles"]!)
                .Select(i => FeatureMap.FromNchw(ReferenceData.Tensor("picks", $"{name}/style.{i}", type).unsqueeze(0)));
            using var pool = new StylePool(maps.Select(m => new StyleMap(m, m.Grid(patch, stride))));
            using var matcher = PatchMatchers.For(type, CPU, 2);
            var field = matcher.Match(query, query.Grid(patch, stride), pool, MatchOptions.Default);
            Assert.Equal(ReferenceData.Indices("picks", $"{name}/indices"), field.Index);
            var ncc = ReferenceData.Doubles("picks", $"{name}/ncc");
            Assert.All(ncc.Zip(field.Score), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }
}
