using System.CommandLine;
using Cairn.Domain.Foundation;
using Cairn.Domain.Playbooks;
using Cairn.Server.Playbooks;

namespace Cairn.Server.CommandLine;

/// <summary><c>cairn playbook lint|diff|preview|new|list|show|schema</c>. Files and shipped playbooks need no installation.</summary>
internal static class PlaybookCommands
{
    /// <summary>The most files that one lint takes, folders written out.</summary>
    private const int MostFiles = 1_000;

    public static Command Create(CommandContext context) => new(
        "playbook",
        """
        Read, check, compare and write playbooks: processes as files.

        A playbook is named by its file, by its id, or by its id and a version:
          ./my-playbook.yaml     implementation-30-day     implementation-30-day@2

        Examples:
          cairn playbook list
          cairn playbook new our-onboarding
          cairn playbook lint our-onboarding.yaml
          cairn playbook preview implementation-30-day --start 2026-03-02
        """)
    {
        Lint(context),
        Diff(context),
        PlaybookPreviewCommand.Create(context),
        New(context),
        List(context),
        Show(context),
        Schema(context),
    };

    private static Command Lint(CommandContext context)
    {
        var files = new Argument<string[]>("FILE") { Description = "Files, or folders of *.yaml", Arity = ArgumentArity.OneOrMore };
        var command = new Command(
            "lint",
            """
            Check playbooks: every fault and warning with file, line, column and the fix.

            Ends with 1 when there is a fault; warnings alone end with 0.

            Examples:
              cairn playbook lint our-onboarding.yaml
              cairn playbook lint playbooks --json
            """)
        { files };
        command.SetAction((parsed, stop) => context.Guard(parsed, async (output, cancel) =>
        {
            var read = new List<(string File, PlaybookReading Reading)>();
            foreach (var file in parsed.GetValue(files)!.SelectMany(Files).Take(MostFiles))
            {
                read.Add((file, PlaybookText.Read(await File.ReadAllTextAsync(file, cancel), Path.GetFileNameWithoutExtension(file)).Reading));
            }

            var faults = read.Sum(one => one.Reading.Faults.Count(fault => !fault.IsWarning));
            var warnings = read.Sum(one => one.Reading.Faults.Count) - faults;
            output.Result(new { files = read.Select(one => new { file = one.File, body = PlaybookLintBody.Of(one.Reading) }).Select(one => new { one.file, one.body.Faults, one.body.Warnings }), faults, warnings }, _ =>
            {
                foreach (var line in read.SelectMany(one => one.Reading.Faults.Select(fault => fault.At(one.File))))
                {
                    Console.Out.WriteLine(line);
                }

                Console.Out.WriteLine($"{Count(read.Count, "file")}: {(faults == 0 ? "no faults" : Count(faults, "fault"))}{(warnings == 0 ? "" : ", " + Count(warnings, "warning"))}.");
            });
            return faults == 0 ? CommandContext.Done : CommandContext.Failed;
        }, stop));
        return command;
    }

    private static Command Diff(CommandContext context)
    {
        var before = new Argument<string>("BEFORE") { Description = "File, id or id@version" };
        var after = new Argument<string>("AFTER") { Description = "File, id or id@version" };
        var command = new Command(
            "diff",
            """
            Say what changed from one playbook to another: by ids and meaning, not by lines.

            Ends with 0 when nothing changed, 1 when something did.

            Examples:
              cairn playbook diff implementation-30-day our-implementation.yaml
              cairn playbook diff our-onboarding@1 our-onboarding@2
            """)
        { before, after };
        command.SetAction((parsed, stop) =>
        {
            var references = new[] { parsed.GetValue(before)!, parsed.GetValue(after)! }.Select(PlaybookReference.Parse).ToList();
            return PlaybookAccess.Run(context, parsed, references, isOwn: false, async (find, output) =>
            {
                var found = new List<FoundPlaybook>();
                foreach (var reference in references)
                {
                    var one = await find(reference);
                    if (!one.IsOk)
                    {
                        return output.Refuse(one.Problem);
                    }

                    if (one.Value.Text.Root is null)
                    {
                        return output.Refuse(PlaybooksProblems.Faulty(reference.Text, one.Value.Text.Reading.Faults));
                    }

                    found.Add(one.Value);
                }

                var changes = PlaybookDiff.Between(found[0].Text.Root!, found[1].Text.Root!);
                output.Result(new { changes }, _ =>
                {
                    foreach (var change in changes)
                    {
                        Console.Out.WriteLine($"{change.Kind switch { "added" => "+", "removed" => "-", _ => "~" }} {change.Text}");
                    }

                    Console.Out.WriteLine(changes.Count == 0 ? "No differences." : $"{Count(changes.Count, "difference")}.");
                });
                return changes.Count == 0 ? CommandContext.Done : CommandContext.Failed;
            }, stop);
        });
        return command;
    }

    private static Command New(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The new playbook's id, which is also the file's name" };
        var title = new Option<string>("--title") { Description = "What people call it", HelpName = "TEXT", DefaultValueFactory = _ => "Our process" };
        var kind = new Option<string>("--kind") { Description = "One of " + string.Join(", ", PlaybookWords.Kinds), HelpName = "WORD", DefaultValueFactory = _ => "onboarding" };
        var folder = new Option<DirectoryInfo>("--folder") { Description = "Where the file goes (default: here)", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo(".") };
        var command = new Command(
            "new",
            """
            Write a small playbook to begin with: without faults, and with comments that say what each part is for.

            Example:
              cairn playbook new our-onboarding --title "Onboarding of partners" --kind onboarding
            """)
        { id, title, kind, folder };
        command.SetAction((parsed, stop) => context.Guard(parsed, async (output, cancel) =>
        {
            var name = parsed.GetValue(id)!;
            var text = PlaybookTemplate.Write(name, Quoted(parsed.GetValue(title)!), parsed.GetValue(kind)!);
            var read = PlaybookText.Read(text, name);
            if (read.Reading.Playbook is null)
            {
                return output.Refuse(PlaybooksProblems.Faulty(name, read.Reading.Faults));
            }

            var path = Path.Combine(parsed.GetValue(folder)!.ToString(), name + ".yaml");
            if (File.Exists(path))
            {
                return output.Refuse(new Problem(ProblemKind.Conflict, "file-exists", $"{path} is there already. Choose another id, or change that file."));
            }

            await File.WriteAllTextAsync(path, text, cancel);
            output.Result(new { file = path }, _ =>
            {
                Console.Out.WriteLine($"Wrote {path}. Next:");
                Console.Out.WriteLine($"  cairn playbook lint {path}");
                Console.Out.WriteLine($"  cairn playbook preview {path} --start 2026-03-02");
            });
            return CommandContext.Done;
        }, stop));
        return command;
    }

    private static Command List(CommandContext context)
    {
        var own = PlaybookAccess.OwnOption();
        var command = new Command("list", "List the playbooks.\n\nExamples:\n  cairn playbook list\n  cairn playbook list --own") { own };
        command.SetAction((parsed, stop) => PlaybookAccess.RunAll(context, parsed, parsed.GetValue(own), (all, output) =>
        {
            output.Result(new { items = all.Select(PlaybookSummaryBody.Of) }, _ =>
            {
                foreach (var body in all.Select(PlaybookSummaryBody.Of))
                {
                    Console.Out.WriteLine($"{body.Id,-32} v{body.Version,-4} {body.Kind,-14} {body.Days,4} days  {body.Title}{(body.Source == FoundPlaybook.Installation ? " (own)" : "")}{(body.Faults > 0 ? $" ({Count(body.Faults, "fault")})" : "")}");
                }

                if (all.Count == 0)
                {
                    Console.Out.WriteLine("No playbooks. Write one with: cairn playbook new our-onboarding");
                }
            });
            return CommandContext.Done;
        }, stop));
        return command;
    }

    private static Command Show(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "Id or id@version" };
        var own = PlaybookAccess.OwnOption();
        var command = new Command(
            "show",
            """
            Print a playbook as it is written; with --json as data.

            Examples:
              cairn playbook show implementation-30-day
              cairn playbook show implementation-30-day > our-implementation.yaml
            """)
        { id, own };
        command.SetAction((parsed, stop) =>
        {
            var reference = PlaybookReference.Parse(parsed.GetValue(id)!);
            return PlaybookAccess.Run(context, parsed, [reference], parsed.GetValue(own), async (find, output) =>
            {
                var found = await find(reference);
                if (!found.IsOk)
                {
                    return output.Refuse(found.Problem);
                }

                output.Result(PlaybookBody.Of(found.Value), _ => Console.Out.Write(found.Value.Text.Text));
                return CommandContext.Done;
            }, stop);
        });
        return command;
    }

    private static Command Schema(CommandContext context)
    {
        var command = new Command(
            "schema",
            """
            Print the JSON Schema of playbooks, for editors that complete and explain members.

            Example:
              cairn playbook schema > playbook.schema.json
            """);
        command.SetAction((parsed, stop) => context.Guard(parsed, (_, _) =>
        {
            Console.Out.Write(PlaybookSchema.Write());
            return Task.FromResult(CommandContext.Done);
        }, stop));
        return command;
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.yaml").Order(StringComparer.Ordinal) : [path];

    /// <summary>As a YAML text that means exactly this.</summary>
    private static string Quoted(string text) => $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
