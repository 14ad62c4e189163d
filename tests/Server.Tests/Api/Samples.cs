using System.Net.Http.Headers;
using System.Text;
using Cairn.Server.Tests.Access.Portal;
using Cairn.Server.Tests.Plans;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Api;

/// <summary>
/// A request for each operation of the document, about customer A, that would succeed for somebody who may. A later
/// operation falls into the matrix by itself when its path parameters are known here; one with a body needs a sample of it.
/// </summary>
internal sealed class Samples(MatrixWorld world)
{
    private const string Json = "application/json";
    private const string ContactText = $$"""{"name":"{{MatrixWorld.Marker}} person","roles":["it"],"email":"{{MatrixWorld.Marker}}@example.com","notes":"{{MatrixWorld.Marker}}"}""";

    private const string CalendarText = $$$"""{"week":{"monday":[{"from":"09:00","until":"17:00"}]},"closedDays":[{"date":"2026-12-24","name":"{{{MatrixWorld.Marker}}} holiday"}]}""";

    private const string CalendarFile = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20991224\nSUMMARY:closed by a cell\nEND:VEVENT\nEND:VCALENDAR\n";

    /// <summary>The parts of <c>/v1/customers/{customer}</c>, with the empty one before the first slash.</summary>
    private const int CustomerSegments = 4;

    private readonly PortalSamples portal = new(world);
    private readonly PlanSamples plans = new(world);

    /// <summary>Values of path parameters, by name, and by operation where it uses its thing up.</summary>
    private readonly Dictionary<string, Func<Task<string>>> parts = new()
    {
        ["customer"] = () => Task.FromResult(world.A.Id),
        ["event_id"] = () => Task.FromResult(MatrixWorld.PlainEventId),
        ["batch"] = () => Task.FromResult(world.BatchOfA),
        ["path"] = () => Task.FromResult($"0/000.p/{world.PublishedSize}"),
        ["key"] = async () => (await world.KeyOfA([Domain.Foundation.Scopes.Read])).Id,
        ["import"] = () => Task.FromResult(world.ImportOfA),
        ["GetEntity type"] = () => Task.FromResult("sku"),
        ["GetEntity id"] = () => Task.FromResult("sku-1"),
        ["ListEntityHistory type"] = () => Task.FromResult("sku"),
        ["ListEntityHistory id"] = () => Task.FromResult("sku-1"),
        ["GetEventType type"] = () => Task.FromResult("sku_update"),
        ["PutEventType type"] = () => Task.FromResult($"made.{world.Next()}"),
        ["DeleteEventType type"] = world.EventTypeOfA,
        ["contact"] = async () => (await world.Made("/contacts", ContactText)).Text("id"),
        ["valid_from"] = async () => (await world.Calendar(CalendarText)).Text("validFrom"),
        ["playbook"] = () => Task.FromResult("implementation-30-day"),
        ["PutPlaybook playbook"] = () => Task.FromResult($"made-{world.Next()}"),
        ["view"] = () => Task.FromResult("viw_" + new string('0', 26)),
        ["member"] = async () => (await world.Made("/team", TeamText(await world.Colleague()))).Text("id"),
        ["person"] = world.Invited,
        ["EndPersonsSession session"] = world.SessionOfInvited,
        ["EndSession session"] = () => Task.FromResult("ses_" + new string('0', 26)),
        ["RevokeOperatorKey key"] = world.OperatorKey,
        ["RotateOperatorKey key"] = world.OperatorKey,
        ["identity"] = () => Task.FromResult("idn_00000000000000000000000000"),
        ["ResetSecondFactors person"] = () => Task.FromResult("per_00000000000000000000000000"),
        ["passkey"] = () => Task.FromResult("pky_00000000000000000000000000"),
        ["message"] = () => Task.FromResult(new Domain.Notify.MessageId(Cairn.Server.Platform.NewId.Next()).ToString()),
        ["SendAgain message"] = world.FailedMessage,
        ["EraseReceipt event_id"] = () => world.EventOfA($"to-erase-{world.Next()}"),
    };

    private readonly Dictionary<string, Func<(string Body, string Type)>> bodies = new()
    {
        ["PostEvents"] = () => ($$"""{"specversion":"1.0","id":"cell-{{world.Next()}}","source":"/matrix","type":"t"}""", "application/cloudevents+json"),
        ["EraseReceipt"] = () => ("""{"reason":"asked for"}""", Json),
        ["VerifyReceipt"] = () => (world.ReceiptOfA, Json),
        ["CreateCustomer"] = () => ($$"""{"name":"Made by cell {{world.Next()}}"}""", Json),
        ["ChangeCustomer"] = () => ("""{"stage":"adoption"}""", Json),
        ["AddContact"] = () => (ContactText, Json),
        ["ChangeContact"] = () => ("""{"title":"changed by a cell"}""", Json),
        ["PutCalendar"] = () => (CalendarText, Json),
        ["PreviewClosedDays"] = () => (CalendarFile, "text/calendar"),
        ["ImportClosedDays"] = () => (CalendarFile, "text/calendar"),
        ["AddSavedView"] = () => ($$$"""{"name":"Made by cell {{{world.Next()}}}","search":{}}""", Json),
        ["ChangeSavedView"] = () => ("""{"name":"another"}""", Json),
        ["LintPlaybook"] = () => ("""{"text":"playbook: x"}""", Json),
        ["PutPlaybook"] = () => ("""{"text":"playbook: x"}""", Json),
        ["AddTeamMember"] = () => (TeamText(world.Colleague().GetAwaiter().GetResult()), Json),
        ["ChangeTeamMember"] = () => ("""{"role":"csm-lead"}""", Json),
        ["CreateOperatorKey"] = () => ("""{"name":"made by a cell","scopes":["read"]}""", Json),
        ["RotateApiKey"] = () => ("{}", Json),
        ["RotateOperatorKey"] = () => ("{}", Json),
        ["ChangePassword"] = () => ($$"""{"current":"{{MatrixWorld.Password}} no","password":"{{MatrixWorld.Password}} yes"}""", Json),
        ["AskForPasswordReset"] = () => ($$"""{"email":"cell{{world.Next()}}@example.com"}""", Json),
        ["PutSessionLimits"] = () => ("""{"idleMinutes":120,"absoluteMinutes":720}""", Json),
        ["CreateApiKey"] = () => ("""{"name":"made by a cell","scopes":["read"]}""", Json),
        ["LimitApiKey"] = () => ("""{"requestsPerMinute":60000}""", Json),
        ["PutEventType"] = () => ("""{"schema":{"type":"object"},"onViolation":"flag"}""", Json),
        ["PreviewImport"] = () => ("a,b\n1,2\n", "text/csv"),
        ["CreateImport"] = () => (MatrixWorld.Csv, "text/csv"),
        ["InvitePerson"] = () => ($$"""{"name":"Made by a cell","email":"cell{{world.Next()}}@example.com","role":"User"}""", Json),
        ["ChangePerson"] = () => ("""{"name":"Changed by a cell"}""", Json),
        ["OpenPasswordLink"] = () => ("""{"token":"link"}""", Json),
        ["SetPassword"] = () => ($$"""{"token":"link","password":"{{MatrixWorld.Password}}"}""", Json),
        ["MarkAllRead"] = () => ("""{"upTo":null}""", Json),
        ["TestMail"] = () => ("""{"address":"ana@example.com"}""", Json),
        ["SignIn"] = () => ($$"""{"email":"viewer@example.com","password":"{{MatrixWorld.Password}}"}""", Json),
        ["FinishSecondStep"] = () => ("""{"code":"123456"}""", Json),
        ["ProveAgain"] = () => ($$"""{"password":"{{MatrixWorld.Password}}"}""", Json),
        ["ConfirmTotp"] = () => ("""{"code":"123456"}""", Json),
        ["SignInWithPasskey"] = () => ("""{"credential":{"id":"AAAA"}}""", Json),
        ["ProveWithPasskey"] = () => ("""{"credential":{"id":"AAAA"}}""", Json),
        ["AddPasskey"] = () => ("""{"name":"a device","credential":{"id":"AAAA"}}""", Json),
        ["RenamePasskey"] = () => ("""{"name":"a device"}""", Json),
        ["BeginSingleSignOn"] = () => ("""{"to":"/"}""", Json),
        ["ProveBySingleSignOn"] = () => ("""{"to":"/"}""", Json),
        ["LinkIdentity"] = () => ("""{"to":"/"}""", Json),
        ["PutSignInSettings"] = () => ("""{"secondFactorFrom":null}""", Json),
        ["SetUp"] = () => ($$"""{"token":"{{new string('0', 52)}}","name":"Eve","email":"eve@example.com","password":"{{MatrixWorld.Password}}"}""", Json),
    };

    /// <summary>Query parameters that an operation cannot do without.</summary>
    private readonly Dictionary<string, Func<string>> queries = new()
    {
        ["CreateImport"] = () => $"file_name=orders-{world.Next()}.csv&mapping_from={world.ImportOfA}",
        ["PreviewImport"] = () => "file_name=orders.csv",
        ["ComputeDue"] = () => "from=2026-03-06T15:00&add=8h",
        ["ComputeBetween"] = () => "from=2026-03-06T15:00&until=2026-03-09T15:00",
        ["ComputeNextOpening"] = () => "at=2026-03-06T15:00",
        ["ComputeNthBusinessDay"] = () => "from=2026-03-06&n=1",
    };

    /// <summary>What is missing before this operation can be asked; <see langword="null"/> when nothing is.</summary>
    public string? Lacks(Operation operation) =>
        PartsOf(operation).FirstOrDefault(name => !parts.ContainsKey(name) && !parts.ContainsKey($"{operation.Id} {name}") && !portal.Parts.ContainsKey($"{operation.Id} {name}") && plans.Part(operation.Id, name) is null) is { } part ? $"a value for the path parameter '{part}'"
        : operation.Node["requestBody"] is not null && !bodies.ContainsKey(operation.Id) && !portal.Bodies.ContainsKey(operation.Id) && plans.Body(operation.Id) is null ? $"a request body for '{operation.Id}'"
        : null;

    /// <summary>A fresh request. A silent one does not say whose data it means, where the address leaves that open.</summary>
    public async Task<HttpRequestMessage> Request(Operation operation, bool isSilent)
    {
        var path = operation.Path;
        foreach (var name in PartsOf(operation))
        {
            var make = parts.GetValueOrDefault($"{operation.Id} {name}") ?? portal.Parts.GetValueOrDefault($"{operation.Id} {name}") ?? plans.Part(operation.Id, name) ?? parts[name];
            path = path.Replace($"{{{name}}}", await make(), StringComparison.Ordinal);
        }

        var query = new List<string>();
        if (operation.Takes("customer") && !operation.Path.Contains("{customer}", StringComparison.Ordinal) && !isSilent)
        {
            query.Add("customer=" + world.A.Id);
        }

        if (queries.TryGetValue(operation.Id, out var more))
        {
            query.Add(more());
        }

        var request = new HttpRequestMessage(new HttpMethod(operation.Method), query.Count == 0 ? path : $"{path}?{string.Join('&', query)}");
        if (operation.Node["requestBody"] is not null)
        {
            var (body, type) = bodies.GetValueOrDefault(operation.Id)?.Invoke() ?? (plans.Body(operation.Id) ?? portal.Bodies[operation.Id](), Json);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        if (operation.Takes("If-Match"))
        {
            // What a cell made for itself is at its first version.
            var isOwn = operation.Path.Split('/').Length > CustomerSegments || operation.Path.Contains("{person}", StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation("If-Match", isOwn ? PlanSamples.Version(operation.Id) : $"\"{await VersionOfA()}\"");
        }

        return request;
    }

    private static string TeamText(string person) => $$"""{"person":"{{person}}","role":"csm"}""";

    private static IEnumerable<string> PartsOf(Operation operation) =>
        operation.Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));

    private async Task<string> VersionOfA()
    {
        using var client = world.Server.Client(world.Server.OperatorKey);
        using var answer = await client.GetAsync($"/v1/customers/{world.A.Id}");
        return answer.Headers.ETag!.Tag.Trim('"');
    }
}
