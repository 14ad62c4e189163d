using System.CommandLine;

namespace Cairn.Verify;

/// <summary><c>cairn-verify value-report FILE</c>: the name is fixed, the format of such bundles is not yet.</summary>
internal static class ValueReportCommand
{
    public static Command Create(Option<bool> json)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A value report bundle" };
        var command = new Command("value-report", "Recompute a value report from its events. This version of the verifier knows no such bundles yet.") { file };
        command.SetAction(parsed => CommandRun.Refuse(
            $"This version of cairn-verify knows no value report bundles yet, so '{parsed.GetValue(file)}' was not checked. A newer version will.",
            parsed.GetValue(json)));
        return command;
    }
}
