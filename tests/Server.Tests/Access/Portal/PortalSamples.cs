using Cairn.Server.Tests.Api;

namespace Cairn.Server.Tests.Access.Portal;

/// <summary>What the authorisation matrix sends to the operations of the portal and of its administration.</summary>
internal sealed class PortalSamples(MatrixWorld world)
{
    /// <summary>These take an operator's key: a customer's own cannot let anybody in or see who is.</summary>
    public static readonly string[] ForOperators =
    [
        "ListPortalPeople", "InvitePortalPerson", "GetPortalPerson", "ChangePortalPerson", "ResendPortalInvitation", "RevokePortalInvitation", "DeactivatePortalPerson", "ReactivatePortalPerson",
    ];

    /// <summary>A link is good once, so that the sample is none.</summary>
    public static readonly string[] RefuseEverybody = ["EnterPortal"];

    /// <summary>Pages of the portal name no customer: each of the customer's people sees their own.</summary>
    public static readonly string[] AnswerWithOnesOwn = ["CurrentPortalSession", "LeavePortal"];

    /// <summary>Values of path parameters, by operation and name.</summary>
    public IReadOnlyDictionary<string, Func<Task<string>>> Parts { get; } = new[]
    {
        "GetPortalPerson", "ChangePortalPerson", "ResendPortalInvitation", "RevokePortalInvitation", "DeactivatePortalPerson", "ReactivatePortalPerson",
    }.ToDictionary<string, string, Func<Task<string>>>(
        id => id + " person", _ => async () => (await world.Server.Invite(world.A, $"cell-{world.Next()}@example.com")).Person);

    /// <summary>Bodies, by operation.</summary>
    public IReadOnlyDictionary<string, Func<string>> Bodies { get; } = new Dictionary<string, Func<string>>
    {
        ["InvitePortalPerson"] = () => $$"""{"name":"Made by a cell","email":"made-{{world.Next()}}@example.com","roles":["member"]}""",
        ["ChangePortalPerson"] = () => """{"roles":["finance"]}""",
        ["AskForPortalLink"] = () => """{"email":"nobody@example.com"}""",
        ["EnterPortal"] = () => """{"token":"none"}""",
    };
}
