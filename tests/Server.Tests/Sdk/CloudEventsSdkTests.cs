using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Cairn.Server.Tests.Support;
using Cairn.Testing;

namespace Cairn.Server.Tests.Sdk;

/// <summary>The CloudEvents SDK for JavaScript, unchanged, against a running server: what it sends is what customers' programs send.</summary>
public sealed class CloudEventsSdkTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string Tool = Repository.PathTo("tools", "cloudevents");

    [Fact]
    public async Task What_the_SDK_sends_is_recorded_as_it_was_meant()
    {
        var customer = await server.NewCustomer();
        var answers = await Send(customer.Key);
        using var client = server.Client(customer.Key);

        // One event is one event, in whichever of the two modes it comes.
        answers["structured"].Text("event_id").ShouldBe("order-1");
        answers["structured"].Text("source").ShouldBe("/shop/berlin");
        answers["structured"].Text("transaction_type").ShouldBe("com.example.order.placed");
        answers["binary repeats structured"].GetRawText().ShouldBe(answers["structured"].GetRawText());
        answers["structured repeats binary"].GetRawText().ShouldBe(answers["binary"].GetRawText());
        answers["binary"].GetProperty("data").Text("note").ShouldBe("größe 日本");

        byte[] bytes = [0, 255, 128, 10, 13, 37];
        answers["bytes in binary mode"].GetProperty("data_raw").GetBytesFromBase64().ShouldBe(bytes);
        answers["bytes in structured mode"].GetProperty("data_raw").GetBytesFromBase64().ShouldBe(bytes);
        answers["text in binary mode"].GetProperty("data_raw").GetBytesFromBase64().ShouldBe(Encoding.UTF8.GetBytes("grüße"));
        answers["no data"].Text("event_id").ShouldBe("bare-1");

        answers["unicode id in structured mode"].Text("event_id").ShouldBe("größe-日本-😀");
        answers["per cent sign in binary mode"].Text("event_id").ShouldBe("50% off");
        answers["percent-encoded id in binary mode"].Text("event_id").ShouldBe("größe-日本-😀 50%");
        answers["an older version"].Text("code").ShouldBe("specversion-unsupported");
        answers["batch"].EnumerateArray().Select(item => item.GetProperty("receipt").Text("event_id")).ShouldBe(["batch-1", "batch-2", "batch-3"]);

        foreach (var (id, subject) in new[] { ("quoted-1", "a \"b\""), ("utf8-1", "日本"), ("50%25%20off", "order/1") })
        {
            var page = await (await client.GetAsync($"/v1/events?event_id={id}")).Json();
            page.GetProperty("items")[0].Text("subject").ShouldBe(subject);
        }

        foreach (var (name, answer) in answers.Where(pair => pair.Value.ValueKind == JsonValueKind.Object && pair.Value.TryGetProperty("signature", out _)))
        {
            var verdict = await (await client.PostText("/v1/receipt-verifications", answer.GetRawText())).Json();
            verdict.Text("verdict").ShouldBe("proven", name);
            (await client.GetStringAsync($"/v1/receipts/{Uri.EscapeDataString(answer.Text("event_id"))}")).ShouldBe(answer.GetRawText(), name);
        }
    }

    [Fact]
    public async Task What_a_header_cannot_carry_is_refused_and_never_recorded_as_something_else()
    {
        var customer = await server.NewCustomer();
        var answers = await Send(customer.Key);
        using var client = server.Client(customer.Key);
        // The SDK writes a letter beyond ASCII as one Latin-1 byte, which the specification forbids and nobody can tell from another encoding.
        var latin = answers["latin letter in binary mode"];
        (latin.GetProperty("status").GetInt32(), latin.Text("code")).ShouldBe((400, "utf8-invalid"));
        latin.Faults().ShouldBe(["ce-subject utf8-invalid"]);
        answers["letters beyond latin in binary mode"].GetString().ShouldBe("ERR_INVALID_CHAR", "The SDK itself cannot send these; a sender percent-encodes them.");
        foreach (var id in new[] { "latin-1", "beyond-1", "old-1" })
        {
            using var answer = await client.GetAsync($"/v1/receipts/{id}");
            await answer.ShouldBeProblem(System.Net.HttpStatusCode.NotFound, "receipt-not-found");
        }
    }

    /// <summary>Runs the sender and returns the answers by name.</summary>
    private async Task<Dictionary<string, JsonElement>> Send(string key)
    {
        await Install();
        var (code, output, errors) = await Run("node", [Path.Combine(Tool, "send.mjs"), new Uri(server.Address, "/v1/events").ToString()], ("CAIRN_KEY", key));
        code.ShouldBe(0, errors + output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.Text("name"), line => line.TryGetProperty("answer", out var answer) ? answer : line.GetProperty("refusedBySdk"));
    }

    private static readonly SemaphoreSlim Installing = new(1);

    /// <summary>Fetches the SDK where it is not there yet; <c>./test</c> does so up front.</summary>
    private static async Task Install()
    {
        await Installing.WaitAsync();
        try
        {
            if (!Directory.Exists(Path.Combine(Tool, "node_modules", "cloudevents")))
            {
                var (code, output, errors) = await Run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
                code.ShouldBe(0, errors + output);
            }
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<(int Code, string Output, string Errors)> Run(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Tool, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"The CloudEvents SDK needs Node.js 20 or newer, and '{program}' is not on the PATH.");
            throw;
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await errors);
        }
    }
}
