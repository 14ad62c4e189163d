using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Access.People;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Access.Portal;
using Cairn.Server.Tests.Ingest;
using Cairn.Server.Tests.Plans;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Api;

/// <summary>
/// A server with a customer A, in all of whose data stands a marker, and a customer B, who must never see it. Ids that a
/// request names hold no marker, because an answer may repeat what it was asked for.
/// </summary>
public sealed class MatrixWorld(PostgresFixture postgres) : IAsyncLifetime
{
    public const string Marker = "zqMARKERqz";
    public const string Password = "correct horse battery staple";

    /// <summary>An event of A whose id says nothing.</summary>
    public const string PlainEventId = "evt-1";

    /// <summary>A file that the mapping of <see cref="ImportOfA"/> fits.</summary>
    public const string Csv = $"sku,note,at\n1,{Marker},2026-03-02T08:00:00Z\n2,{Marker},\n";

    private const string Mapping =
        """
        v: 1
        event: order.line
        source: shop/orders
        id: "{file}:{row}"
        input: { columns: [sku, note, at] }
        time: { column: at, format: rfc3339, zone: UTC }
        fields: { sku: sku, note: note }
        """;

    private readonly Dictionary<StaffRole, PersonId> staff = [];
    private PersonId invited;
    private int count;

    public ServerFixture Server { get; } = new(postgres);

    public TestCustomer A { get; private set; } = null!;

    public TestCustomer B { get; private set; } = null!;

    /// <summary>A stream that A sent.</summary>
    public string BatchOfA { get; private set; } = "";

    /// <summary>The receipt of <see cref="PlainEventId"/>, as A got it.</summary>
    public string ReceiptOfA { get; private set; } = "";

    /// <summary>An import that A made.</summary>
    public string ImportOfA { get; private set; } = "";

    /// <summary>The size of A's published log.</summary>
    public long PublishedSize { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        A = await Server.NewCustomer($"{Marker} Ltd", "Europe/Berlin");
        B = await Server.NewCustomer("Another customer");
        using var client = Server.Client(Server.OperatorKey);
        using (var change = new HttpRequestMessage(HttpMethod.Patch, $"/v1/customers/{A.Id}"))
        {
            change.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            change.Content = JsonContent.Create(new { industry = $"{Marker} industry", paymentTerms = $"{Marker} days", tags = new[] { $"{Marker}-tag" }, customFields = new Dictionary<string, object> { ["note"] = $"{Marker} note" } });
            using var changed = await client.SendAsync(change);
            changed.IsSuccessStatusCode.ShouldBeTrue(await changed.Content.ReadAsStringAsync());
        }

        await KeyOfA(Scopes.All, $"{Marker} key");
        await Made("/contacts", $$"""{"name":"{{Marker}} contact","roles":["it"],"notes":"{{Marker}} notes"}""");
        await Made("/team", $$"""{"person":"{{await Colleague()}}","role":"csm"}""");
        await PortalSamples.ShareEverything(client, A, B);
        await PlansFixture.PutPlaybook(client);
        using var own = Server.Client(A.Key);
        ReceiptOfA = await Told(await own.PostText("/v1/events", EventText(PlainEventId), "application/cloudevents+json"));
        var stream = $"{EventText("in-stream")}\n{EventText($"{Marker}-id")}\n";
        BatchOfA = (await (await own.PostText("/v1/events", stream, "application/x-ndjson")).Json()).Text("batch");
        await Told(await own.PutAsync("/v1/event-types/sku_update", JsonContent.Create(new { schema = new { description = Marker, required = new[] { "reason" } }, onViolation = "flag" })));
        await Told(await own.PostText("/v1/events", EntityText(), "application/cloudevents+json"));
        ImportOfA = await Imported(own);
        await Some.Folded(own);
        await Told(await own.GetAsync("/v1/audit-trail"));
        await Eventually.Holds(async () =>
        {
            PublishedSize = long.Parse((await own.GetStringAsync($"/v1/customers/{A.Id}/log/checkpoint")).Split('\n')[1]);
            return PublishedSize >= 5;
        });
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>An event that says the marker wherever a sender may say something, in text and in bytes.</summary>
    public static string EventText(string id, string source = "/src") =>
        $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"{{{source}}}","type":"{{{Marker}}}.type","subject":"{{{Marker}}} subject","data":{"sku":"{{{Marker}}}"}}""";

    /// <summary>An event that makes the entity <c>sku-1</c>, with the marker in a value.</summary>
    private static string EntityText() =>
        $$$"""{"specversion":"1.0","id":"stock-1","source":"/src","type":"sku_update","data":{"sku_id":"sku-1","new_inventory":3,"previous_inventory":4,"reason":"{{{Marker}}}"}}""";

    private static async Task<string> Imported(HttpClient client)
    {
        using var parts = new MultipartFormDataContent { { new StringContent(Mapping), "mapping" }, { new StringContent(Csv), "file", $"{Marker}.csv" } };
        var made = JsonDocument.Parse(await Told(await client.PostAsync("/v1/imports", parts))).RootElement.GetProperty("id").GetString()!;
        await Eventually.Holds(async () => (await Some.Get(client, $"/v1/imports/{made}")).GetProperty("state").GetString() == "finished");
        return made;
    }

    /// <summary>An event type of A that may be taken away.</summary>
    public async Task<string> EventTypeOfA()
    {
        var type = $"to.delete.{Next()}";
        using var own = Server.Client(A.Key);
        await Told(await own.PutAsync($"/v1/event-types/{type}", JsonContent.Create(new { schema = new { type = "object" } })));
        return type;
    }

    /// <summary>A number that no other cell of the matrix gets.</summary>
    public int Next() => Interlocked.Increment(ref count);

    public async Task<string> EventOfA(string id)
    {
        using var own = Server.Client(A.Key);
        await Told(await own.PostText("/v1/events", EventText(id), "application/cloudevents+json"));
        return id;
    }

    public async Task<CreatedApiKey> KeyOfA(IReadOnlyList<string> scopes, string name = "a key")
    {
        TypedId.TryParse<CustomerId>(A.Id, out var customer).ShouldBeTrue();
        var made = await Server.Services.GetRequiredService<CreateApiKey>().Run(customer, new ApiKeyDraft(name, scopes, null), Actor.System, new InputFaults(), CancellationToken.None);
        made.IsOk.ShouldBeTrue();
        return new CreatedApiKey(made.Value.Key.Id.ToString(), made.Value.Text);
    }

    /// <summary>A record of A's, made by posting this to an address below its own.</summary>
    public async Task<JsonElement> Made(string below, string body)
    {
        using var client = Server.Client(Server.OperatorKey);
        using var answer = await client.PostText($"/v1/customers/{A.Id}{below}", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    /// <summary>A version of A's calendar, on a day of its own.</summary>
    public async Task<JsonElement> Calendar(string body)
    {
        using var client = Server.Client(Server.OperatorKey);
        var day = new NodaTime.LocalDate(2030, 1, 1).PlusDays(Next());
        using var answer = await client.Put($"/v1/customers/{A.Id}/calendars/{NodaTime.Text.LocalDatePattern.Iso.Format(day)}", null, body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    /// <summary>A new member of the staff, who is in nobody's team yet and whose name tells of A.</summary>
    public async Task<string> Colleague()
    {
        var person = new Person(new PersonId(NewId.Next()), $"{Marker} colleague", $"colleague-{Next()}@example.com", StaffRole.Viewer);
        await Server.Database.ForCustomer(CustomerId.Installation, async work =>
        {
            await AccessStore.AddPerson(work, person, "no password", Server.Services.GetRequiredService<Clock>().Now);
            return true;
        });
        return person.Id.ToString();
    }

    /// <summary>A message about A that failed by mail, ready to be sent again.</summary>
    public async Task<string> FailedMessage()
    {
        TypedId.TryParse<CustomerId>(A.Id, out var customer).ShouldBeTrue();
        return await Server.Database.ForCustomer(customer, async work =>
        {
            await Server.Services.GetRequiredService<IOutbox>().Add(work, new OutgoingMessage { Customer = customer, Kind = "matrix", MailTo = $"no address {Next()}", Subject = $"{Marker} subject", Text = $"{Marker} text" });
            return new Domain.Notify.MessageId(await work.Single<Guid>("select message_id from notify_messages where customer_id = @customer order by message_id desc limit 1", new { customer = customer.Value })).ToString();
        });
    }

    /// <summary>A member of the staff who can sign in with <see cref="Password"/>, and the text of a session of theirs.</summary>
    internal async Task<PersonId> Person(StaffRole role, string? email = null)
    {
        if (email is null && staff.TryGetValue(role, out var known))
        {
            return known;
        }

        var person = new Person(new PersonId(NewId.Next()), $"The {role}", email ?? $"{role}@example.com".ToLowerInvariant(), role);
        var hash = await Server.Services.GetRequiredService<Passwords>().Hash(Password, CancellationToken.None);
        await Server.Database.ForCustomer(CustomerId.Installation, async work =>
        {
            await AccessStore.AddPerson(work, person, hash, Server.Services.GetRequiredService<Clock>().Now);
            return true;
        });
        return staff[role] = person.Id;
    }

    /// <summary>A key of the operator's own, to be ended.</summary>
    internal async Task<string> OperatorKey() => new ApiKeyId(AccessTokenOf(await Server.NewKey(CustomerId.Installation, [Scopes.Read])).Id).ToString();

    private static AccessToken AccessTokenOf(string text) => AccessToken.TryParse(AccessToken.ApiKeyWord, text, out var token) ? token : default;

    /// <summary>Somebody who was invited and has not come in yet.</summary>
    internal async Task<string> Invited()
    {
        var made = await Server.Services.GetRequiredService<InvitePerson>().Run(
            $"somebody{Next()}@example.com", new PersonDetails { Name = "Somebody", Role = "User" }, Caller.CommandLine, new InputFaults(), CancellationToken.None);
        invited = made.Value.Person.Id;
        return invited.ToString();
    }

    /// <summary>A session of whoever was invited last.</summary>
    internal async Task<string> SessionOfInvited() => AccessToken.TryParse(AccessToken.SessionWord, await Session(invited), out var token) ? new SessionId(token.Id).ToString() : "";

    internal async Task<string> Session(PersonId person) =>
        (await Server.Database.ForCustomer(CustomerId.Installation, work => SignIn.Begin(work, person, Server.Services.GetRequiredService<Clock>().Now))).Text;

    /// <summary>Whether bytes that somebody received give away anything of A: the marker in any spelling, the receipt secret, a key.</summary>
    public bool TellsOfA(string received) => Secrets().Any(secret => received.Contains(secret, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> Secrets()
    {
        yield return Marker;
        yield return A.ReceiptSecret;
        yield return A.Key;
        // Base64 has three spellings, by where the text begins; its outer characters depend on the neighbours.
        for (var shift = 0; shift < 3; shift++)
        {
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', shift) + Marker + "xx"))[4..^8];
        }
    }

    private static async Task<string> Told(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return text;
    }
}

/// <summary>A key with its text.</summary>
public sealed record CreatedApiKey(string Id, string Text);
