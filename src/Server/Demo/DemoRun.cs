using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.MerkleLog;
using Cairn.Server.Access;
using Cairn.Server.Customers;
using Cairn.Server.Platform;
using Cairn.Server.Receipts;
using NodaTime;

namespace Cairn.Server.Demo;

/// <summary>Fills a started server with the demo's data, through its own API, and checks all of it as a customer would.</summary>
internal sealed class DemoRun(WebApplication app, DirectoryInfo data, TextWriter output)
{
    private const int Days = 190;
    private const int Seed = 20_260_302;

    private readonly Uri address = new(app.Urls.First());

    public async Task Run(DemoState state, CancellationToken cancel)
    {
        if (state.Customer is null)
        {
            state = await Fill(state, cancel);
            state.Save(data);
        }

        await Verify(state, cancel);
        Explain(state);
    }

    private async Task<DemoState> Fill(DemoState state, CancellationToken cancel)
    {
        var create = app.Services.GetRequiredService<CreateCustomer>();
        var move = app.Services.GetRequiredService<ChangeCustomer>();
        var today = app.Services.GetRequiredService<Clock>().Now.InUtc().Date;
        var staff = new DemoStaff(app.Services);
        var pages = new DemoPages(app.Services, staff);
        var plans = new DemoPlans(app.Services, staff);
        var started = new List<string>();
        await staff.Hire(cancel);
        var own = await Own(state, cancel);
        foreach (var (number, record) in DemoCustomers.All.Index())
        {
            var made = (await create.Run(record.Draft(today) with { Stage = StageBefore(record.Stage) }, staff.Actor(0), new InputFaults(), cancel)).Value;
            var customer = made.Customer.Id;
            await staff.Assign(customer, number, today.PlusDays(-record.Began), own, cancel);
            await pages.AddContacts(customer, record, number, cancel);
            await pages.AddCalendar(customer, record, number, today, cancel);
            await move.Run(customer, 1, (draft, _) => draft with { Stage = record.Stage }, staff.Actor(1 + (number % 2)), cancel);
            if (await plans.Start(customer, record, number, today, cancel) is { } plan)
            {
                started.Add($"{record.Name} at {plan}");
            }

            if (record.Name == DemoCustomers.WithHistory)
            {
                var key = (await app.Services.GetRequiredService<CreateApiKey>().Run(
                    customer, new ApiKeyDraft("Shop backend", Scopes.All, null), staff.Actor(3), new InputFaults(), cancel)).Value;
                state = state with { Customer = customer.ToString(), ReceiptSecret = made.ReceiptSecret, Key = key.Text };
            }
            else if (DemoVerticals.CountIn(record.Stage, number) is var count and > 0)
            {
                await SendSome(customer, record, count, staff.Actor(3), cancel);
            }
        }

        Say($"{DemoCustomers.All.Count} customers in every stage, with contacts, teams and calendars; each has its own log.");
        Say($"{started.Count} plans: {string.Join(", ", started)}.");
        state = await SendHistory(state, cancel);
        await SendTroubles(state, cancel);
        return state;
    }

    /// <summary>A few weeks of events of a customer beside the one with the history.</summary>
    private async Task SendSome(CustomerId customer, DemoCustomer record, int count, Actor actor, CancellationToken cancel)
    {
        var key = (await app.Services.GetRequiredService<CreateApiKey>().Run(
            customer, new ApiKeyDraft("Event feed", [Scopes.Ingest], null), actor, new InputFaults(), cancel)).Value;
        using var client = Client(new DemoState("", "", null, key.Text, null, null));
        var now = app.Services.GetRequiredService<Clock>().Now;
        using var body = new StringContent(DemoVerticals.Events(record.Vertical, count, now), Encoding.UTF8, "application/x-ndjson");
        using var sent = await client.PostAsync("/v1/events", body, cancel);
        sent.EnsureSuccessStatusCode();
    }

    private static string StageBefore(string stage)
    {
        var stages = CustomerWords.Stages.ToList();
        return stages[Math.Max(0, stages.IndexOf(stage) - 1)];
    }

    private async Task<PersonId> Own(DemoState state, CancellationToken cancel)
    {
        var row = await app.Services.GetRequiredService<Database>().ForCustomer(
            CustomerId.Installation, work => AccessStore.FindPersonByEmail(work, state.Email), cancel);
        return new PersonId((row ?? throw new InstallationException("The demo's own account is gone; start with --reset.")).PersonId);
    }

    /// <summary>A schema, events that come weeks late and partly misfit, a spreadsheet, and a stage that moves.</summary>
    private async Task SendTroubles(DemoState state, CancellationToken cancel)
    {
        var now = app.Services.GetRequiredService<Clock>().Now;
        using var client = Client(state);
        using var schema = new StringContent(DemoTroubles.OrderLineType, Encoding.UTF8, "application/json");
        using var said = await client.PutAsync("/v1/event-types/order.line", schema, cancel);
        said.EnsureSuccessStatusCode();
        using var late = new StringContent(DemoTroubles.Late(now), Encoding.UTF8, "application/x-ndjson");
        using var sent = await client.PostAsync("/v1/events", late, cancel);
        sent.EnsureSuccessStatusCode();
        using var parts = new MultipartFormDataContent { { new StringContent(DemoTroubles.Mapping), "mapping" }, { new StringContent(DemoTroubles.Spreadsheet(now)), "file", "showroom-sales.csv" } };
        using var import = await client.PostAsync("/v1/imports", parts, cancel);
        import.EnsureSuccessStatusCode();
        Say("A till that was offline for weeks, some faulty lines, and a spreadsheet of showroom sales with one row that could not be read.");
    }

    private async Task<DemoState> SendHistory(DemoState state, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var history = new DemoHistory(app.Services.GetRequiredService<Clock>().Now, Days, Seed);
        using var client = Client(state);
        using var body = new ReadOnlyMemoryContent(history.Write());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var response = await client.PostAsync("/v1/events", body, cancel);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
        Say($"{answer.GetProperty("accepted").GetInt64():N0} order and stock events of {Days} days for {DemoCustomers.WithHistory}, sent to POST /v1/events as one stream in {clock.Elapsed.TotalSeconds:F1} s; each has a receipt.");
        return state with { Batch = answer.GetProperty("batch").GetString() };
    }

    private async Task Verify(DemoState state, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        using var client = Client(state);
        var secret = Encoding.ASCII.GetBytes(state.ReceiptSecret!);
        await using var stream = await client.GetStreamAsync($"/v1/batches/{state.Batch}/receipts", cancel);
        using var reader = new StreamReader(stream);
        var count = 0L;
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(line), secret).FirstFailure is { } failure)
            {
                throw new InstallationException($"The receipt in line {count + 1} does not hold: {failure.Why}");
            }

            count++;
        }

        Say($"{count:N0} receipts fetched and verified: signature, payload and place in the log, in {clock.Elapsed.TotalSeconds:F1} s.");
        await VerifyLogs(cancel);
        await VerifyProof(client, cancel);
    }

    private async Task VerifyLogs(CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var verify = app.Services.GetRequiredService<VerifyLog>();
        var entries = 0L;
        var logs = await app.Services.GetRequiredService<Database>().ForOperator(ReceiptsStore.AllLogs, cancel);
        foreach (var log in logs)
        {
            var result = await verify.Verify(CustomerId.Of(log), null, cancel);
            if (!result.Holds)
            {
                throw new InstallationException($"The log {result.Origin} does not hold: {result.Faults[0]}");
            }

            entries += result.Entries;
        }

        Say($"{logs.Count} logs with {entries:N0} entries recomputed from the first entry to the signed root, in {clock.Elapsed.TotalSeconds:F1} s.");
    }

    private static async Task VerifyProof(HttpClient client, CancellationToken cancel)
    {
        var receipt = await client.GetByteArrayAsync("/v1/receipts/demo-000001", cancel);
        var proof = TlogProof.Parse(await client.GetStringAsync("/v1/receipts/demo-000001/proof", cancel));
        var customer = JsonDocument.Parse(receipt).RootElement.GetProperty("customer_id").GetString();
        var key = VerifierKey.Parse((await client.GetStringAsync($"/v1/customers/{customer}/log/vkey", cancel)).Trim());
        var leaf = ReceiptVerifier.Verify(receipt, []).Leaf ?? throw new InstallationException("The first receipt cannot be read.");
        var result = proof.Verify(leaf, key);
        if (!result.IsProven)
        {
            throw new InstallationException("The proof of the first receipt does not hold: " + result.Explanation);
        }
    }

    private void Explain(DemoState state) => output.WriteLine(
        $"""

        Where to look:
          {address}                sign in as {state.Email} with {state.Password}
          {address}docs            the API, to read and to try
          {Path.Combine(data.FullName, "demo.json")}  key and receipt secret of {DemoCustomers.WithHistory}

        Try it from another terminal:
          KEY=$(jq -r .key {Path.Combine(data.FullName, "demo.json")})
          curl -s -H "Authorization: Bearer $KEY" {address}v1/receipts/demo-000001 > receipt.json
          ./cairn-verify receipt receipt.json
          curl -s -H "Authorization: Bearer $KEY" {address}v1/receipts/demo-000001/proof > receipt.tlog-proof
          curl -s -H "Authorization: Bearer $KEY" {address}v1/customers/{state.Customer}/log/vkey > vkey
          ./cairn-verify proof receipt.tlog-proof --receipt receipt.json --vkey-file vkey

        Ctrl-C stops everything; the data stays in {data.FullName} (--reset starts anew).
        """);

    private HttpClient Client(DemoState state)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", state.Key);
        return client;
    }

    private void Say(string line) => output.WriteLine("  " + line);
}
