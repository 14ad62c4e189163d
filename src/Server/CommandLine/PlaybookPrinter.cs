using System.Globalization;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace Cairn.Server.CommandLine;

/// <summary>Prints a dated playbook for people: a table a phase, what was moved and why, what was left out, the budget.</summary>
internal static class PlaybookPrinter
{
    private const int WidthOfFiles = 140;

    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("ddd uuuu-MM-dd");
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static void Print(CompiledPlaybook compiled, bool withAllReasons)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect, Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = Console.IsOutputRedirected ? WidthOfFiles : console.Profile.Width;
        console.MarkupLineInterpolated($"[bold]{compiled.Title}[/], version {compiled.Version}");
        console.WriteLine($"{Capital(compiled.StartName)} {Date.Format(compiled.Start)}, finish {Date.Format(compiled.Finish)}{GoLive(compiled)}. Nothing was changed.");
        foreach (var parameter in compiled.Parameters)
        {
            console.WriteLine($"  {parameter.Title} {parameter.Value}{(parameter.IsDefault ? $" (as the playbook has it; --set {parameter.Id}=…)" : "")}");
        }

        foreach (var phase in compiled.Phases)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{phase.Title}[/]  {Date.Format(phase.Start)} to {Date.Format(phase.Finish)}");
            console.Write(Table([.. compiled.Items.Where(item => item.Phase == phase.Id).OrderBy(item => item.Start).ThenBy(item => item.At ?? LocalTime.Midnight)], withAllReasons));
        }

        Omissions(compiled, console);
        Budget(compiled, console);
    }

    private static Table Table(IReadOnlyList<CompiledItem> items, bool withAllReasons)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        table.AddColumn(new TableColumn("When").NoWrap()).AddColumn(new TableColumn("Until").NoWrap()).AddColumn(new TableColumn("At").NoWrap())
            .AddColumn(new TableColumn("What").NoWrap()).AddColumn("Title").AddColumn(new TableColumn("Who").NoWrap()).AddColumn(new TableColumn("Hours").RightAligned().NoWrap());
        foreach (var item in items)
        {
            table.AddRow(
                Markup.Escape(Date.Format(item.Start)),
                item.Finish == item.Start ? "" : Markup.Escape(Date.Format(item.Finish)),
                item.At is { } at ? Clock.Format(at) : "",
                item.Kind,
                Markup.Escape(item.Title + Reasons(item, withAllReasons)),
                Markup.Escape(item.Role ?? "-"),
                item.EffortHours is { } hours ? hours.ToString("0.#", CultureInfo.InvariantCulture) : "");
        }

        return table;
    }

    // One step says which day it is; a second one says that it is another day after all.
    private static string Reasons(CompiledItem item, bool all)
    {
        var steps = all ? item.Why : [.. item.Why.Where(step => step.Text.Contains("move", StringComparison.OrdinalIgnoreCase))];
        return string.Concat(steps.Select(step => "\n  " + step.Text));
    }

    private static void Omissions(CompiledPlaybook compiled, IAnsiConsole console)
    {
        if (compiled.Omissions.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.MarkupLine("[bold]Left out[/]");
        foreach (var omission in compiled.Omissions)
        {
            console.WriteLine($"  {omission.Title} ({omission.Id}): {omission.Why.Question} is {omission.Why.Result}");
        }
    }

    private static void Budget(CompiledPlaybook compiled, IAnsiConsole console)
    {
        console.WriteLine();
        console.MarkupLine("[bold]Hours[/]");
        foreach (var role in compiled.Budget)
        {
            var planned = compiled.Items.Where(item => item.Role is { } owner && owner.Split(':')[^1] == role.Role && item.IsCustomers == role.IsCustomers).Sum(item => item.EffortHours ?? 0);
            var budget = role.Hours is { } hours ? string.Create(CultureInfo.InvariantCulture, $"budget {hours:0.#}{(role.IsPerWeek ? " a week" : "")}") : "no budget";
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {role.Role,-24} {(role.IsCustomers ? "customer" : "ours"),-9} work {planned,6:0.#}   {budget}"));
        }
    }

    private static string GoLive(CompiledPlaybook compiled) =>
        compiled.Items.FirstOrDefault(item => item.Id == compiled.GoLive) is { } live ? $", go-live {Date.Format(live.Finish)}" : "";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
