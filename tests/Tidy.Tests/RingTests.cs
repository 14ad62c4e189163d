using Microsoft.CodeAnalysis;

namespace Cairn.Tidy.Tests;

/// <summary>Who may name whom: down by reference, sideways by event, up never (ARCHITECTURE.md, "Modules and rings").</summary>
public sealed class RingTests
{
    [Fact]
    public void The_compiler_understands_the_code()
    {
        // A rule that asks what names mean is worth nothing where they mean nothing.
        CodeModel.Uses.Count.ShouldBeGreaterThan(10_000);
        CodeModel.Uses.Count(use => CodeModel.FileOf(use.Symbol) is not null).ShouldBeGreaterThan(2_000);
        CodeModel.Uses.Count(use => use.FullName.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_module_names_only_ids_events_and_directories_of_lower_rings() => Findings.None(
        CodeModel.Uses.SelectMany(Crossing),
        "A module names of a lower ring its ids, events and <Module>Directory; of its own ring only events; of a higher one nothing. "
        + "Move what several modules need down into Foundation or Platform, publish an event or a fact, or read through a directory.");

    private static IEnumerable<Finding> Crossing(Use use)
    {
        if (use.Type is not { } type || CodeModel.FileOf(type) is not { } declaring
            || Modules.Of(use.File) is not { } from || Modules.Of(declaring) is not { } to
            || from == to || IsCommand(use.File, to) || Modules.IsRingZero(to) || Modules.RingOf(from) == Modules.Shell)
        {
            yield break;
        }

        var isEvent = declaring.EndsWith($"/{to}Events.cs", StringComparison.Ordinal);
        var isDown = Modules.RingOf(to) < Modules.RingOf(from);
        var isSameRing = Modules.RingOf(to) == Modules.RingOf(from);
        var isLookup = isDown && (type.Name == to + "Directory" || type.AllInterfaces.Any(contract => contract.Name == "ITypedId"));
        if (!(isEvent && (isDown || isSameRing)) && !isLookup)
        {
            yield return new Finding($"{from} names {to}'s {type.Name}", use.Place);
        }
    }

    /// <summary>A module's commands are written against the command line as its endpoints are against the web: its context and its output, which live in the shell.</summary>
    private static bool IsCommand(string file, string to) =>
        to == "CommandLine" && (file.EndsWith("Command.cs", StringComparison.Ordinal) || file.EndsWith("Commands.cs", StringComparison.Ordinal));
}
