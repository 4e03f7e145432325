using System.Text.RegularExpressions;
using CnnMrf.Infra.Tests.Bicep;

namespace CnnMrf.Infra.Tests.Roles;

public sealed partial class RoleTests
{
    private const string Assignments = "Microsoft.Authorization/roleAssignments";

    [Fact]
    public void Rights_are_exactly_those_of_the_list() =>
        AssertSame([.. AllowedRoles.Always, .. AllowedRoles.ToDeployer], Deployment.Development);

    [Fact]
    public void Where_no_deployer_is_named_nobody_but_the_programs_gets_a_right() => AssertSame(AllowedRoles.Always, Deployment.Production);

    [Fact]
    public void Every_right_has_its_reason() =>
        Assert.All([.. AllowedRoles.Always, .. AllowedRoles.ToDeployer], r => Assert.NotEmpty(r.Why));

    [Fact]
    public void No_role_is_defined_and_no_right_reaches_beyond_a_resource()
    {
        Assert.Empty(Deployment.Development.Of("Microsoft.Authorization/roleDefinitions"));
        Assert.All(Deployment.Development.Of(Assignments), r => Assert.Matches(
            "/resourceGroups/[^/]+/providers/.+/providers/" + Assignments, r.Id));
    }

    [Fact]
    public void Programs_are_named_as_such_so_that_new_identities_are_found()
    {
        var types = Deployment.Development.Of(Assignments)
            .Where(r => GivenBy(r).To != "deployer").Select(r => r.Text("properties/principalType"));

        Assert.All(types, type => Assert.Equal("ServicePrincipal", type));
    }

    private static void AssertSame(IReadOnlyList<AllowedRole> allowed, Deployment deployment) => Assert.Equal(
        allowed.Select(r => $"{r.To}: {r.Role} on {r.On}").Order(StringComparer.Ordinal),
        deployment.Of(Assignments).Select(r => GivenBy(r).ToString()).Order(StringComparer.Ordinal));

    private static Given GivenBy(Resource assignment)
    {
        var principal = assignment.Text("properties/principalId");
        var identity = IdentityOutput().Match(principal);
        var scope = assignment.Id[..assignment.Id.IndexOf("/providers/" + Assignments, StringComparison.Ordinal)].Split('/');
        return new(
            identity.Success ? identity.Groups[1].Value : principal == Deployment.DeployerId ? "deployer" : principal,
            assignment.Text("properties/roleDefinitionId").Split('/')[^1],
            $"{scope[^2]} {Token().Replace(scope[^1], "")}");
    }

    // An identity's id is not known before it exists: the expression says whose it is.
    [GeneratedRegex(@"'identities'.*\.outputs\.(\w+)\.value\.principalId\]$")]
    private static partial Regex IdentityOutput();

    // What uniqueString makes.
    [GeneratedRegex("[a-z2-7]{13}$")]
    private static partial Regex Token();
}

/// <summary>A right that the template gives.</summary>
internal sealed record Given(string To, string Role, string On)
{
    public override string ToString() => $"{To}: {Role} on {On}";
}
