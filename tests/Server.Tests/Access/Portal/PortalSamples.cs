using System.Net;
using Cairn.Domain.Foundation;
using Cairn.Server.Tests.Api;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.Portal;

/// <summary>What the authorisation matrix sends to the operations of the portal and of its administration.</summary>
internal sealed class PortalSamples(MatrixWorld world)
{
    /// <summary>These take an operator's key: a customer's own cannot let anybody in or see who is.</summary>
    public static readonly string[] ForOperators =
    [
        "ListPortalPeople", "InvitePortalPerson", "GetPortalPerson", "ChangePortalPerson", "ResendPortalInvitation", "RevokePortalInvitation", "DeactivatePortalPerson", "ReactivatePortalPerson",
        "ListShares", "ShareRecord", "WithdrawShare",
    ];

    /// <summary>A link is good once, so that the sample is none.</summary>
    public static readonly string[] RefuseEverybody = ["EnterPortal"];

    /// <summary>Pages of the portal name no customer: each of the customer's people sees their own.</summary>
    public static readonly string[] AnswerWithOnesOwn = 
    [
        "CurrentPortalSession", "LeavePortal", "GetPortalHome", "ListPortalReceipts", "GetPortalVerifierKey", "GetPortalDataQuality", "GetPortalTeam", "GetPortalContacts",
    ];

    /// <summary>Beyond what the document says: these take such a role, or a place in the customer's team, which nobody of the matrix has.</summary>
    public static readonly Dictionary<string, StaffRole> LeastRoles = new() { ["BeginPortalView"] = StaffRole.Manager };

    /// <summary>Values of path parameters, by operation and name.</summary>
    public IReadOnlyDictionary<string, Func<Task<string>>> Parts { get; } = new Dictionary<string, Func<Task<string>>>(new[]
    {
        "GetPortalPerson", "ChangePortalPerson", "ResendPortalInvitation", "RevokePortalInvitation", "DeactivatePortalPerson", "ReactivatePortalPerson", "BeginPortalView",
    }.Select(id => KeyValuePair.Create<string, Func<Task<string>>>(
        id + " person", async () => (await world.Server.Invite(world.A, $"cell-{world.Next()}@example.com")).Person)))
    {
        ["EndPortalView view"] = () => Task.FromResult(new PortalViewId(Guid.CreateVersion7()).ToString()),
        ["WithdrawShare share"] = async () => await Shared(world),
    };

    /// <summary>Bodies, by operation.</summary>
    public IReadOnlyDictionary<string, Func<string>> Bodies { get; } = new Dictionary<string, Func<string>>
    {
        ["InvitePortalPerson"] = () => $$"""{"name":"Made by a cell","email":"made-{{world.Next()}}@example.com","roles":["member"]}""",
        ["ChangePortalPerson"] = () => """{"roles":["finance"]}""",
        ["AskForPortalLink"] = () => """{"email":"nobody@example.com"}""",
        ["ShareRecord"] = () => """{"kind":"data-quality"}""",
        ["EnterPortal"] = () => """{"token":"none"}""",
    };

    /// <summary>Lets the people of both customers see all there is, each of their own.</summary>
    public static async Task ShareEverything(HttpClient staff, params TestCustomer[] customers)
    {
        foreach (var customer in customers)
        {
            foreach (var kind in new[] { "team", "contacts", "receipts", "data-quality" })
            {
                using var answer = await staff.PostText($"/v1/customers/{customer.Id}/shares", $$"""{"kind":"{{kind}}"}""");
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            }
        }
    }

    /// <summary>A share that can be taken back: of a type of A's events, which all are shared besides.</summary>
    private static async Task<string> Shared(MatrixWorld world)
    {
        using var staff = world.Server.Client(world.Server.OperatorKey);
        using var answer = await staff.PostText($"/v1/customers/{world.A.Id}/shares", $$"""{"kind":"receipts","record":"{{MatrixWorld.Marker}}.type"}""");
        return (await answer.Json()).Text("id");
    }
}
