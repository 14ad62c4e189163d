using System.CommandLine;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using Cairn.Server.Customers.Calendars;
using Cairn.Server.Platform;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.CommandLine;

/// <summary><c>cairn calendar due|between|next|nth|check</c>.</summary>
internal static class CalendarCommands
{
    public static Command Create(CommandContext context, TimeProvider time) => new(
        "calendar",
        """
        Compute with business time: when something is due, and how much time lies between two moments.

        Describe a calendar by options, which needs no installation, or ask a customer's own with --customer.

        Examples:
          cairn calendar due --from "2026-03-06 15:00" --add 8h --zone Europe/London
          cairn calendar due --from "2026-12-23 16:00" --add 2d --zone Europe/Berlin --country DE --region BY --explain
          cairn calendar between --from 2026-03-06T15:00:00Z --until 2026-03-09T10:00:00Z --hours 24/7
          cairn calendar next --at "2026-03-07 10:00" --hours "sun-thu 10:00-17:00" --zone Asia/Kathmandu
          cairn calendar nth --from 2026-03-02 --n 5
          cairn calendar check questions.csv
        """)
    {
        Due(context, time),
        Between(context, time),
        Next(context, time),
        Nth(context),
        CalendarCheckCommand.Create(context),
    };

    /// <summary>Prints an answer for people. What is not known is said in any case.</summary>
    public static void Print(CalendarAnswer answer, bool isExplained)
    {
        foreach (var line in answer.Lines)
        {
            Console.Out.WriteLine(line);
        }

        if (isExplained)
        {
            Explain(answer.Derivation);
        }

        foreach (var missing in answer.Derivation.Missing)
        {
            Console.Out.WriteLine("Not known: " + missing);
        }
    }

    private static Command Due(CommandContext context, TimeProvider time)
    {
        var choice = new CalendarChoice();
        var from = Text("--from", "When the time begins (default: now)", "TIME");
        var add = new Option<string>("--add") { Description = "Business time: 8h, 90m, 2d, \"1d 4h\", PT8H; a minus in front goes back", HelpName = "TIME", Required = true };
        var command = With(choice, new Command(
            "due",
            """
            Say when something is due that takes so much business time.

            The answer is the close of a day rather than the next opening. A day of business time is as long as most open days
            of the week: --explain says how long that is.

            Examples:
              cairn calendar due --from "2026-03-06 15:00" --add 8h --zone Europe/London
              cairn calendar due --from "2026-03-28 20:00" --add 24h --hours 24/7 --zone Europe/Berlin --explain
              cairn calendar due --from "2026-03-06 15:00" --add=-4h --customer cus_01jd…
            """)
        { from, add });
        command.SetAction((parsed, stop) => choice.Ask(parsed, context, (calendar, faults) =>
        {
            var begin = MomentOrNow("--from", parsed.GetValue(from), calendar, time, faults);
            var amount = BusinessTime.Parse(parsed.GetValue(add)!);
            if (!amount.IsOk)
            {
                faults.Add("--add", amount.Problem.Code, amount.Problem.Detail);
            }

            return faults.Any ? default(Outcome<CalendarAnswer>?) : Of(CalendarMomentBody.Of(calendar, calendar.Add(begin, calendar.Resolve(amount.Value, begin)), calendar.ExplainAdd(begin, amount.Value)));
        }, stop));
        return command;
    }

    private static Command Between(CommandContext context, TimeProvider time)
    {
        var choice = new CalendarChoice();
        var from = new Option<string>("--from") { Description = "The first moment", HelpName = "TIME", Required = true };
        var until = Text("--until", "The second moment (default: now)", "TIME");
        var command = With(choice, new Command(
            "between",
            """
            Say how much business time lies between two moments; negative when the second is the earlier one.

            Examples:
              cairn calendar between --from "2026-03-06 15:00" --until "2026-03-09 10:00" --zone Europe/London
              cairn calendar between --from "2026-04-01 09:00" --until "2026-04-08 09:00" --country GB --region SCT --explain
            """)
        { from, until });
        command.SetAction((parsed, stop) => choice.Ask(parsed, context, (calendar, faults) =>
        {
            var first = MomentOrNow("--from", parsed.GetValue(from), calendar, time, faults);
            var last = MomentOrNow("--until", parsed.GetValue(until), calendar, time, faults);
            return faults.Any ? default(Outcome<CalendarAnswer>?) : Of(CalendarTimeBody.Of(calendar.Between(first, last), calendar.ExplainBetween(first, last)));
        }, stop));
        return command;
    }

    private static Command Next(CommandContext context, TimeProvider time)
    {
        var choice = new CalendarChoice();
        var at = Text("--at", "The moment to begin at (default: now)", "TIME");
        var command = With(choice, new Command(
            "next",
            """
            Say when it is open next: the moment itself when it is open then.

            Example:
              cairn calendar next --at "2026-03-07 10:00" --zone Europe/London --closed "2026-03-09=Stock taking"
            """)
        { at });
        command.SetAction((parsed, stop) => choice.Ask(parsed, context, (calendar, faults) =>
        {
            var moment = MomentOrNow("--at", parsed.GetValue(at), calendar, time, faults);
            return faults.Any ? default(Outcome<CalendarAnswer>?) : Of(CalendarMomentBody.Of(calendar, calendar.NextOpening(moment), calendar.ExplainNextOpening(moment)));
        }, stop));
        return command;
    }

    private static Command Nth(CommandContext context)
    {
        var choice = new CalendarChoice();
        var from = new Option<string>("--from") { Description = "The day to count from, as 2026-03-02", HelpName = "DATE", Required = true };
        var n = new Option<int>("--n") { Description = "How many business days on; negative goes back", HelpName = "N", Required = true };
        var command = With(choice, new Command(
            "nth",
            """
            Count business days from a day on.

            0 is the day itself or, when it is closed, the next open one; 1 the business day after that; -1 the last one before
            the given day.

            Examples:
              cairn calendar nth --from 2026-03-02 --n 5
              cairn calendar nth --from 2026-12-24 --n 1 --country GB --explain
            """)
        { from, n });
        command.SetAction((parsed, stop) => choice.Ask(parsed, context, (calendar, faults) =>
        {
            var day = LocalDatePattern.Iso.Parse(parsed.GetValue(from)!);
            if (!day.Success)
            {
                faults.Add("--from", "date-unusable", "write a day as 2026-03-02.");
                return null;
            }

            return Of(CalendarDateBody.Of(calendar.NthBusinessDay(day.Value, parsed.GetValue(n)), calendar.ExplainNthBusinessDay(day.Value, parsed.GetValue(n))));
        }, stop));
        return command;
    }

    private static Option<string?> Text(string name, string description, string shape) => new(name) { Description = description, HelpName = shape };

    private static Command With(CalendarChoice choice, Command command)
    {
        foreach (var option in choice.All)
        {
            command.Add(option);
        }

        return command;
    }

    private static Instant MomentOrNow(string option, string? text, BusinessCalendar calendar, TimeProvider time, InputFaults faults) =>
        text is null ? new Clock(time).Now : CalendarChoice.Moment(option, text, calendar, faults) ?? default;

    private static Outcome<CalendarAnswer> Of(Outcome<CalendarMomentBody> body) => body.IsOk
        ? new CalendarAnswer(body.Value, [body.Value.Derivation.Result, body.Value.At], body.Value.Derivation)
        : body.Problem;

    private static Outcome<CalendarAnswer> Of(Outcome<CalendarTimeBody> body) => body.IsOk
        ? new CalendarAnswer(body.Value, [body.Value.Text], body.Value.Derivation)
        : body.Problem;

    private static Outcome<CalendarAnswer> Of(Outcome<CalendarDateBody> body) => body.IsOk
        ? new CalendarAnswer(body.Value, [body.Value.Derivation.Result], body.Value.Derivation)
        : body.Problem;

    private static void Explain(DerivationBody derivation)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine(derivation.Question);
        foreach (var input in derivation.Inputs)
        {
            Console.Out.WriteLine($"  {input.Name}: {input.Value} ({input.Source})");
        }

        Console.Out.WriteLine();
        const int widest = 100;
        var width = Math.Min(widest, derivation.Steps.Select(step => step.Text.Length).DefaultIfEmpty().Max());
        foreach (var step in derivation.Steps)
        {
            Console.Out.WriteLine(step.Value is null ? "  " + step.Text : $"  {step.Text.PadRight(width)}  {step.Value}");
        }

        Console.Out.WriteLine("  = " + derivation.Result);
    }
}
