using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Testing;

namespace Cairn.Server.Tests.Access.SingleSignOn;

/// <summary>The certified provider of npm's oidc-provider, in a process of its own on loopback. It ends when its input does.</summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    private static readonly string Tool = Repository.PathTo("tools", "oidc");
    private static readonly SemaphoreSlim Installing = new(1);

    private readonly Process process;
    private readonly HttpClient control;

    private OidcProvider(Process process, string issuer)
    {
        this.process = process;
        Issuer = issuer;
        control = new HttpClient { BaseAddress = new Uri(issuer) };
    }

    public string Issuer { get; }

    public static async Task<OidcProvider> Start(string algorithm = "RS256")
    {
        await Install();
        var start = new ProcessStartInfo("node", ["provider.mjs"])
        {
            WorkingDirectory = Tool,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OIDC_ALGORITHM"] = algorithm, ["NODE_NO_WARNINGS"] = "1" },
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var issuer = await process.StandardOutput.ReadLineAsync();
        issuer.ShouldNotBeNull("The provider did not start; run 'node tools/oidc/provider.mjs' to see why.");
        return new OidcProvider(process, issuer);
    }

    /// <summary>Tells it how to behave from now on.</summary>
    /// <returns>How often its documents were asked for since the last time.</returns>
    public async Task<JsonElement> Tell(object change)
    {
        using var answer = await control.PostAsJsonAsync("/control", change);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Follows a person's way through the provider, until it sends the browser back to us.</summary>
    public static async Task<Uri> Visit(Uri address)
    {
        const int most = 20;
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        for (var step = 0; step < most; step++)
        {
            using var answer = await browser.GetAsync(address);
            answer.Headers.Location.ShouldNotBeNull($"{address}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            var next = new Uri(address, answer.Headers.Location);
            if (next.AbsolutePath.StartsWith("/v1/", StringComparison.Ordinal))
            {
                return next;
            }

            address = next;
        }

        throw new InvalidOperationException("The provider sends the browser round in circles.");
    }

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task Install()
    {
        await Installing.WaitAsync();
        try
        {
            if (Directory.Exists(Path.Combine(Tool, "node_modules", "oidc-provider")))
            {
                return;
            }

            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = Tool, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = await npm.StandardError.ReadToEndAsync();
            await npm.WaitForExitAsync();
            npm.ExitCode.ShouldBe(0, said);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("The identity provider needs Node.js 20 or newer, and 'npm' is not on the PATH.");
        }
        finally
        {
            Installing.Release();
        }
    }
}
