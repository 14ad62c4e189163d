using System.Diagnostics;

namespace Cairn.MerkleLog.Tests;

/// <summary>Runs the built verifier as its own process, as a customer would.</summary>
internal sealed record VerifyProcess(int ExitCode, string Output, string Error)
{
    public static VerifyProcess Run(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "cairn-verify.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The verifier did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new VerifyProcess(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
