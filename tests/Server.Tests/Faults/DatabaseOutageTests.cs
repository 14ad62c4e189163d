using System.Net;
using System.Text.Json;
using Cairn.Server.Platform;

namespace Cairn.Server.Tests.Faults;

/// <summary>The database stays away for longer than a write may wait for it.</summary>
[Collection(FaultsCollection.Name)]
[Trait(FaultsCollection.Trait, FaultsCollection.Fault)]
public sealed class DatabaseOutageTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Requests_in_an_outage_are_put_off_in_time_and_their_retries_succeed()
    {
        await using var installation = new TestInstallation();
        var customer = await FaultCustomer.Create(installation);
        var server = await installation.Serve();
        using var client = HeldContent.Client(server.Address, customer.Key);
        var random = new Random(FaultPlan.Seed);
        var submissions = OneOfEachForm(random);
        var sent = submissions.Select(submission => Send(client, submission)).ToList();
        await Task.WhenAll(sent.Select(one => one.Held.IsAwaited)).WaitAsync(Limits.Program);

        // Whoever starts the database holds this lock, so that the server's supervisor has to wait.
        using (var outage = HoldStart(installation))
        {
            installation.KillDatabase();
            sent.ForEach(one => one.Held.Release());
            var waited = System.Diagnostics.Stopwatch.StartNew();
            foreach (var (_, answer) in sent)
            {
                await CheckPutOff(await answer);
            }

            output.WriteLine($"Writes were put off after {waited.Elapsed.TotalSeconds:0.0} s.");
            await CheckPutOff(await client.GetAsync("/readyz"));
            await CheckPutOff(await client.GetAsync("/v1/events"));
            await CheckPutOff(await client.GetAsync("/v1/receipts/any"));
            (await client.GetStringAsync("/healthz")).ShouldBe("ok\n");
        }

        await server.UntilReady();
        foreach (var submission in submissions)
        {
            using var retried = await client.SendAsync(submission.Request());
            retried.IsSuccessStatusCode.ShouldBeTrue($"{submission.Form}: {await retried.Content.ReadAsStringAsync()}");
            retried.StatusCode.ShouldNotBe(HttpStatusCode.MultiStatus);
        }

        var verified = await installation.Run("ledger", "verify", "--json");
        verified.Json().GetProperty("holds").GetBoolean().ShouldBeTrue(verified.Out);
    }

    private static List<Submission> OneOfEachForm(Random random)
    {
        var byForm = new Dictionary<SubmissionForm, Submission>();
        for (var number = 0; byForm.Count < Enum.GetValues<SubmissionForm>().Length; number++)
        {
            var made = Submission.Make(random, client: 1, number);
            byForm.TryAdd(made.Form, made);
        }

        return [.. byForm.Values];
    }

    private static (HeldContent Held, Task<HttpResponseMessage> Answer) Send(HttpClient client, Submission submission)
    {
        var request = submission.Request();
        var held = HeldContent.Hold(request, submission.Body);
        return (held, client.SendAsync(request));
    }

    private static EmbeddedPostgresLock HoldStart(TestInstallation installation) =>
        EmbeddedPostgresLock.TryTake(EmbeddedPostgresFolders.Prepare(installation.Data).StartLock, shared: false).ShouldNotBeNull();

    private static async Task CheckPutOff(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, body);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Headers.RetryAfter.ShouldNotBeNull(body);
        using var problem = JsonDocument.Parse(body);
        problem.RootElement.GetProperty("code").GetString().ShouldBe("database-unavailable");
        answer.Dispose();
    }
}
