using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Cairn.Server.CommandLine;

/// <summary>
/// Help that teaches: a command's own page has its whole text with examples, while a list of commands shows only the
/// first sentence of each.
/// </summary>
internal sealed class TeachingHelp(SynchronousCommandLineAction standard) : SynchronousCommandLineAction
{
    public static void Use(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new TeachingHelp((SynchronousCommandLineAction)help.Action!);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        // The process ends after help, so that shortening the texts in place does no harm.
        foreach (var command in parseResult.CommandResult.Command.Subcommands)
        {
            command.Description = command.Description?.Split('\n', 2)[0].Trim();
        }

        return standard.Invoke(parseResult);
    }
}
