using NodaTime;

namespace Cairn.Domain.Foundation;

/// <summary>
/// How a value came about, so that nobody has to believe it: what was asked, what came out, what went in and from where,
/// and each step between. Deadlines, scores, savings, credits and forecasts carry one.
/// </summary>
/// <param name="Question">What was computed, as one sentence: <c>8 business hours after 2026-03-06 15:00 (Europe/London)</c>.</param>
/// <param name="Result">The value as people read it; a sentence that begins with "insufficient data" when there is none.</param>
/// <param name="Unit">The unit of the value; <see langword="null"/> for texts, dates and counts without one.</param>
public sealed record Derivation(string Question, string Result, string? Unit = null)
{
    /// <summary>What went in, in the order in which it was used.</summary>
    public IReadOnlyList<DerivationInput> Inputs { get; init; } = [];

    /// <summary>What was done with it, in order.</summary>
    public IReadOnlyList<DerivationStep> Steps { get; init; } = [];

    /// <summary>What would have been needed and is not there, one sentence each; empty when nothing is missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The time of the oldest input that has one; <see langword="null"/> when none has.</summary>
    public Instant? DataAsOf { get; init; }
}

/// <summary>One value that went into a derivation.</summary>
/// <param name="Name">What it is called where it comes from: a fact, a field, a setting.</param>
/// <param name="Value">The value as people read it.</param>
/// <param name="Source">Where it comes from: a module's fact, a file with its version, what somebody typed.</param>
/// <param name="Unit">Its unit, if it has one.</param>
/// <param name="At">When it was true; <see langword="null"/> for what has no time.</param>
public sealed record DerivationInput(string Name, string Value, string Source, string? Unit = null, Instant? At = null);

/// <summary>One step of a derivation; a step may consist of others.</summary>
/// <param name="Text">What was done: <c>Friday 2026-04-03: closed, Good Friday</c>.</param>
/// <param name="Value">What it came to; <see langword="null"/> when the step yields none.</param>
public sealed record DerivationStep(string Text, string? Value = null)
{
    /// <summary>What the step consists of, in order.</summary>
    public IReadOnlyList<DerivationStep> Parts { get; init; } = [];
}
