using System.CommandLine;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Playbooks;
using Cairn.Server.Platform;
using Cairn.Server.Playbooks;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.CommandLine;

/// <summary><c>cairn playbook preview</c>: what a playbook would come to, with real dates. Changes nothing.</summary>
internal static class PlaybookPreviewCommand
{
    private static readonly Option<string> Start = new("--start") { Description = "Day 1, for instance 2026-03-02", HelpName = "DATE", Required = true };
    private static readonly Option<string[]> Set = new("--set") { Description = "The answer to a question of the playbook; may be repeated", HelpName = "NAME=VALUE" };
    private static readonly Option<string?> Customer = new("--customer") { Description = "For this customer: its calendar, its record and the installation's own versions; this opens the installation", HelpName = "ID" };
    private static readonly CalendarChoice Calendar = new();
    private static readonly Option<bool> Why = new("--why") { Description = "How every date came about; otherwise only of what was moved" };

    public static Command Create(CommandContext context)
    {
        var which = new Argument<string>("PLAYBOOK") { Description = "File, id or id@version" };
        var own = PlaybookAccess.OwnOption();
        var command = new Command(
            "preview",
            """
            Show a playbook with real dates, and what its conditions leave out. Changes nothing.

            Day 1 is the start; a day on which nobody works moves forward to the next business day. Without --customer the
            other options describe the calendar (Monday to Friday when there are none), and conditions on the customer's
            record do not hold.

            Examples:
              cairn playbook preview implementation-30-day --start 2026-03-02
              cairn playbook preview our-onboarding.yaml --start 2026-03-02 --set training=false --why
              cairn playbook preview implementation-30-day --start 2026-03-02 --country DE --region BY
              cairn playbook preview implementation-30-day --start 2026-03-02 --customer cus_01jd… --json
            """)
        { which, Start, Set, Customer, own, Why };
        foreach (var option in Calendar.Describing)
        {
            command.Add(option);
        }

        command.SetAction((parsed, stop) =>
        {
            var reference = PlaybookReference.Parse(parsed.GetValue(which)!);
            return parsed.GetValue(Customer) is { } customer
                ? context.Run(parsed, (services, output, cancel) => ForCustomer(services, reference, customer, parsed, output, cancel), stop)
                : PlaybookAccess.Run(context, parsed, [reference], parsed.GetValue(own), async (find, output) => Described(await find(reference), parsed, output), stop);
        });
        return command;
    }

    private static async Task<int> ForCustomer(IServiceProvider services, PlaybookReference reference, string customer, ParseResult parsed, Output output, CancellationToken cancel)
    {
        var database = services.GetRequiredService<Database>();
        if (!TypedId.TryParse<CustomerId>(customer, out var id) || !await database.ForCustomer(id, work => CustomerScope.Exists(work, id), cancel))
        {
            return output.Refuse(PlatformProblems.CustomerNotFound);
        }

        var (facts, calendar) = await database.ForCustomer(
            id, async work => (await services.GetRequiredService<ICustomerFacts>().Of(work, id), await services.GetRequiredService<IBusinessCalendars>().Of(work, id)), cancel);
        var found = await reference.Find(new ShippedPlaybooks(), services.GetRequiredService<PlaybooksDirectory>(), cancel);
        return Print(found, calendar, facts, parsed, output);
    }

    private static int Described(Outcome<FoundPlaybook> found, ParseResult parsed, Output output)
    {
        var faults = new InputFaults();
        var calendar = Calendar.Describe(parsed, faults);
        return faults.Any ? output.Refuse(faults.ToProblem())
            : !calendar.IsOk ? output.Refuse(calendar.Problem)
            : Print(found, calendar.Value, KnownFacts.None, parsed, output);
    }

    private static int Print(Outcome<FoundPlaybook> found, IBusinessDays days, IFactSource facts, ParseResult parsed, Output output)
    {
        if (!found.IsOk)
        {
            return output.Refuse(found.Problem);
        }

        if (found.Value.Text.Reading.Playbook is not { } playbook)
        {
            return output.Refuse(PlaybooksProblems.Faulty(found.Value.Id, found.Value.Text.Reading.Faults));
        }

        var faults = new InputFaults();
        if (LocalDatePattern.Iso.Parse(parsed.GetValue(Start)!) is not { Success: true, Value: var start })
        {
            faults.Add("/start", "date-unusable", $"'{InputFaults.Shorten(parsed.GetValue(Start)!)}' is no day of the calendar; write --start 2026-03-02.");
            return output.Refuse(faults.ToProblem());
        }

        var answers = PlaybookAnswers.FromTexts(playbook, Answers(parsed, faults), faults);
        var compiled = faults.Any ? faults.ToProblem() : PlaybookCompiler.Compile(playbook, found.Value.Text.Sha256, start, days, answers, facts);
        if (!compiled.IsOk)
        {
            return output.Refuse(compiled.Problem);
        }

        output.Result(PlaybookPreviewBody.Of(compiled.Value), _ => PlaybookPrinter.Print(compiled.Value, parsed.GetValue(Why)));
        return CommandContext.Done;
    }

    private static Dictionary<string, string> Answers(ParseResult parsed, InputFaults faults)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in parsed.GetValue(Set) ?? [])
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                faults.Add("/parameters", "answer-unusable", $"'{InputFaults.Shorten(pair)}' is no answer; write --set name=value.");
                continue;
            }

            answers[pair[..at]] = pair[(at + 1)..];
        }

        return answers;
    }
}
