using System.CommandLine;

namespace Cairn.Verify;

/// <summary>The command was called wrongly, or a file it needs cannot be read. The message is a sentence with the fix.</summary>
internal sealed class UsageException(string sentence) : Exception(sentence);

/// <summary>Runs a command and turns what it found into text and an exit code.</summary>
internal static class CommandRun
{
    public const int Proven = 0;
    public const int Differs = 1;
    public const int Usage = 2;

    public static int Invoke(RootCommand root, string[] args, Option<bool> json)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            // A fault of this program must not end as "tampered" either, so nothing catches it.
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }

        // The library would answer 1, which here means "tampered".
        return Refuse(string.Join(" ", parsed.Errors.Select(error => error.Message)) + " Try 'cairn-verify --help'.", parsed.GetValue(json));
    }

    /// <summary>Does the work and prints what it found.</summary>
    public static int Run(bool asJson, string subject, Action<Findings> work)
    {
        try
        {
            var findings = new Findings(subject);
            work(findings);
            Report.Write(Console.Out, findings, asJson);
            return findings.Holds ? Proven : Differs;
        }
        catch (Exception fault) when (fault is UsageException or IOException or UnauthorizedAccessException)
        {
            return Refuse(fault.Message, asJson);
        }
    }

    public static int Refuse(string sentence, bool asJson)
    {
        if (asJson)
        {
            Report.WriteRefusal(Console.Out, sentence);
        }
        else
        {
            Console.Error.WriteLine(Report.Plain(sentence));
        }

        return Usage;
    }
}
