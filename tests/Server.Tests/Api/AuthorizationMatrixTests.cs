using System.Globalization;
using System.Text;
using Cairn.Server.Tests.Access.Portal;
using Cairn.Server.Tests.Plans;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Api;

/// <summary>
/// Every operation of the API against every kind of caller, with the ids of customer A. The table is a golden file for
/// people; what it must obey is asserted here, from the document alone.
/// </summary>
public sealed class AuthorizationMatrixTests(MatrixWorld world) : IClassFixture<MatrixWorld>
{
    /// <summary>Of what the document does not tell: these reach beyond one customer, so that no customer's key may.</summary>
    private static readonly HashSet<string> ForOperators =
    [
        .. PortalSamples.ForOperators, .. PlanSamples.ForOperators, "CreateCustomer", "ChangeCustomer", "LimitApiKey", "ListColleagues",
        "AddContact", "ChangeContact", "RemoveContact", "RestoreContact", "AddTeamMember", "ChangeTeamMember", "RemoveTeamMember", "RestoreTeamMember",
        "PutCalendar", "RemoveCalendar", "PreviewClosedDays", "ImportClosedDays", "GetSessionLimits", "PutSessionLimits", "GetSignInSettings", "PutSignInSettings", "ResetSecondFactors",
        "ListDeliveries", "SendAgain", "SendAllAgain", "GetMail", "TestMail",
    ];

    /// <summary>Operations that refuse the sample, whoever sends it.</summary>
    private static readonly HashSet<string> RefuseEverybody =
    [
        .. PortalSamples.RefuseEverybody, "SetUp", "ChangeSavedView", "RemoveSavedView", "OpenPasswordLink", "SetPassword",
        "FinishSecondStep", "EnrolOnSignIn", "SignInWithPasskey", "BeginSingleSignOn", "FinishSingleSignOn",
    ];

    /// <summary>Addresses of what is one's own, where no sample fits everybody: what comes instead of success.</summary>
    private static readonly Dictionary<string, int> AreOnesOwn = new() { ["EndSession"] = 404, ["ChangePassword"] = 422 };

    /// <summary>What takes something of the person's own that no sample has: whoever may is refused for that, and not for who they are.</summary>
    private static readonly HashSet<string> TakeOnesOwn = ["ConfirmTotp", "RenewRecoveryCodes", "ProveWithPasskey", "AddPasskey", "RenamePasskey", "RemovePasskey", "ProveBySingleSignOn", "LinkIdentity", "UnlinkIdentity", "ResetSecondFactors"];

    /// <summary>Addresses that name no customer and answer a customer's key with what is its own, so that others learn nothing.</summary>
    private static readonly HashSet<string> AnswerWithOnesOwn = 
    [
        .. PortalSamples.AnswerWithOnesOwn, "ListCustomers", "ListHolidayCountries", "VerifyReceipt", "PostEvents", "ListEvents", "GetAuditTrail", "StreamEvents", "ListEntities", "ListEntityTypes", "ListEventTypes", "PutEventType",
        "ListImports", "PreviewImport", "GetDataQuality", "GetDataQualitySeries", "ListDataQualityFields", "ListDataQualityFaults", "ListDataQualityAlerts",
    ];

    [Fact]
    public async Task Every_operation_answers_every_caller_as_the_document_says()
    {
        using var client = world.Server.Client();
        var operations = OpenApi.Operations(await OpenApi.Document(client)).OrderBy(operation => operation.Path, StringComparer.Ordinal).ThenBy(operation => operation.Method, StringComparer.Ordinal).ToList();
        var samples = new Samples(world);
        var uncovered = operations.Select(operation => (operation, samples.Lacks(operation))).Where(pair => pair.Item2 is not null).Select(pair => $"{pair.operation.Name} lacks {pair.Item2}").ToList();
        uncovered.ShouldBeEmpty($"{uncovered.Count} of {operations.Count} operations are in the document and not in the matrix; add a sample to tests/Server.Tests/Api/Samples.cs.");

        var identities = await Identity.All(world);
        var table = new Dictionary<(string, string), int>();
        var faults = new List<string>();
        var told = new HashSet<string>();
        foreach (var operation in operations)
        {
            foreach (var identity in identities)
            {
                var cell = $"{operation.Name} as {identity.Name}";
                using var request = await samples.Request(operation, identity.IsSilent);
                await identity.Show(request);
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var status = (int)answer.StatusCode;
                table[(operation.Name, identity.Name)] = status;
                var received = await Received(answer);
                if (Unexpected(operation, identity, status) is { } expected)
                {
                    faults.Add($"{cell}: {status}, expected {expected}: {received[..Math.Min(received.Length, 300)]}");
                }

                if (world.TellsOfA(received))
                {
                    told.Add($"{operation.Id} {identity.Name}");
                }

                if (identity.IsOther && world.TellsOfA(received))
                {
                    faults.Add($"{cell}: data of A: {received[..Math.Min(received.Length, 600)]}");
                }

                if (!operation.IsPublic && answer.Headers.CacheControl is not ({ NoStore: true } or { Private: true }))
                {
                    faults.Add($"{cell}: may be kept by a cache that others share");
                }
            }
        }

        faults.ShouldBeEmpty();
        // A search that finds nothing anywhere would prove nothing: those who may see A's data do.
        new[] { "ListEvents", "GetAuditTrail", "GetReceipt", "ListBatchReceipts", "GetCustomer", "ListApiKeys", "ListCustomers", "GetEntity", "ListEntities", "ListEntityHistory", "GetEventType", "ListEventTypes", "GetImport", "ListImports", "ListDataQualityFaults" }.Select(id => $"{id} A all").ShouldBeSubsetOf(told);
        Table(operations, identities, table).ShouldBeGolden("authorization-matrix.txt");
    }

    /// <summary>What should have come instead of this status; <see langword="null"/> when it is right.</summary>
    private static string? Unexpected(Operation operation, Identity identity, int status)
    {
        var isFine = status is >= 200 and < 300;
        if (RefuseEverybody.Contains(operation.Id))
        {
            return isFine ? "a refusal" : null;
        }

        if (identity.IsCrossSite && operation.Method != "GET")
        {
            return status == 403 ? null : "403";
        }

        if (operation.IsPublic)
        {
            return isFine ? null : "success";
        }

        if (identity.IsNobody)
        {
            return status == 401 ? null : "401";
        }

        var isCustomersKey = identity.Scopes.Count > 0 && !identity.IsOperator;
        if (!identity.MayBy(operation) || (isCustomersKey && ForOperators.Contains(operation.Id)))
        {
            return status == 403 ? null : "403";
        }

        if (identity.Role is { } role && PortalSamples.LeastRoles.TryGetValue(operation.Id, out var least) && role < least)
        {
            return status == 403 ? null : "403";
        }

        if (identity.IsOther)
        {
            var namesA = operation.Path.Contains("{customer}", StringComparison.Ordinal) || (operation.Takes("customer") && !identity.IsSilent);
            var isOnesOwn = AnswerWithOnesOwn.Contains(operation.Id) && !namesA;
            return isOnesOwn ? (isFine ? null : "success with one's own") : (status == 404 ? null : "404");
        }

        if (TakeOnesOwn.Contains(operation.Id))
        {
            return status is 404 or 409 or 422 ? null : "404, 409 or 422";
        }

        return AreOnesOwn.TryGetValue(operation.Id, out var other) ? (status == other ? null : $"{other}") : isFine ? null : "success";
    }

    /// <summary>Everything that came: headers and body. A stream of events does not end by itself, so only its head is read.</summary>
    private static async Task<string> Received(HttpResponseMessage answer)
    {
        var heads = string.Concat(answer.Headers.Concat(answer.Content.Headers).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\n"));
        return answer.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? heads
            : heads + Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
    }

    private static string Table(List<Operation> operations, IReadOnlyList<Identity> identities, Dictionary<(string, string), int> cells)
    {
        var text = new StringBuilder();
        text.Append("Who gets which status, with a request about customer A that is fine in itself. Written by AuthorizationMatrixTests.\n");
        text.Append("B is another customer: 'names A' says whose data it wants, 'silent' does not. 'cross-site' is an admin's browser on another site; 'portal' one of the customer's own people.\n\n");
        var first = operations.Max(operation => operation.Name.Length);
        text.Append("".PadRight(first));
        foreach (var identity in identities)
        {
            text.Append("  ").Append(identity.Name);
        }

        text.Append('\n');
        foreach (var operation in operations)
        {
            text.Append(operation.Name.PadRight(first));
            foreach (var identity in identities)
            {
                text.Append("  ").Append(cells[(operation.Name, identity.Name)].ToString(CultureInfo.InvariantCulture).PadRight(identity.Name.Length));
            }

            text.Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{operations.Count} operations, {identities.Count} callers, 0 operations uncovered\n");
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd()));
    }
}
