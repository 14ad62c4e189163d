using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Cairn.Server.Tests.Support;
using Cairn.Testing;

namespace Cairn.Server.Tests.Notify;

/// <summary>Mail that the server took.</summary>
internal sealed record ReceivedMail(string From, IReadOnlyList<string> To, bool IsOverTls, string? User, string Raw)
{
    /// <summary>The header's value, unfolded; <see langword="null"/> when it is not there.</summary>
    public string? Header(string name)
    {
        var head = Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal);
        return head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
    }

    /// <summary>Everything with quoted-printable undone, as UTF-8.</summary>
    public string Text
    {
        get
        {
            var bytes = new List<byte>();
            var raw = Raw.Replace("=\r\n", "", StringComparison.Ordinal);
            for (var at = 0; at < raw.Length; at++)
            {
                if (raw[at] == '=' && at + 2 < raw.Length && byte.TryParse(raw.AsSpan(at + 1, 2), System.Globalization.NumberStyles.HexNumber, null, out var value))
                {
                    bytes.Add(value);
                    at += 2;
                }
                else
                {
                    bytes.Add((byte)raw[at]);
                }
            }

            return Encoding.UTF8.GetString([.. bytes]);
        }
    }
}

/// <summary>The npm package smtp-server on loopback, which does with a message what its address says (tools/smtp/server.mjs).</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private static readonly string Tool = Repository.PathTo("tools", "smtp");
    private static readonly SemaphoreSlim Installing = new(1);

    private readonly Process process;
    private readonly ConcurrentQueue<ReceivedMail> received = new();

    private MailServer(Process process, int port)
    {
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    public IReadOnlyList<ReceivedMail> Received => [.. received];

    /// <summary>Starts it on a free port, or again on one it had.</summary>
    public static async Task<MailServer> Start(object? options = null)
    {
        await Install();
        var process = Launch("node", ["server.mjs", JsonSerializer.Serialize(options ?? new { })]);
        var first = JsonDocument.Parse(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync())).RootElement;
        var server = new MailServer(process, first.GetProperty("listening").GetInt32());
        _ = server.Read();
        return server;
    }

    /// <summary>Waits until that many messages have come.</summary>
    public Task Has(int count) => Eventually.Holds(() => Task.FromResult(received.Count >= count));

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task Read()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var mail = JsonDocument.Parse(line).RootElement;
            if (mail.TryGetProperty("raw", out var raw))
            {
                received.Enqueue(new ReceivedMail(
                    mail.Text("from"), [.. mail.GetProperty("to").EnumerateArray().Select(to => to.GetString()!)], mail.GetProperty("tls").GetBoolean(), mail.GetProperty("user").GetString(), raw.GetString()!));
            }
        }
    }

    private static async Task Install()
    {
        await Installing.WaitAsync();
        try
        {
            if (!Directory.Exists(Path.Combine(Tool, "node_modules", "smtp-server")))
            {
                using var install = Launch("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
                var output = install.StandardOutput.ReadToEndAsync();
                var errors = await install.StandardError.ReadToEndAsync();
                await install.WaitForExitAsync();
                install.ExitCode.ShouldBe(0, errors + await output);
            }
        }
        finally
        {
            Installing.Release();
        }
    }

    private static Process Launch(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Tool, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"The mail server of the tests needs Node.js 20 or newer, and '{program}' is not on the PATH.");
            throw;
        }
    }
}
