using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>How a value came about, as the API shows it.</summary>
/// <param name="Question">What was computed.</param>
/// <param name="Result">The value as people read it.</param>
/// <param name="Unit">Its unit; null for texts, dates and counts without one.</param>
/// <param name="Inputs">What went in, in the order in which it was used.</param>
/// <param name="Steps">What was done with it, in order.</param>
/// <param name="Missing">What would have been needed and is not there.</param>
/// <param name="DataAsOf">The time of the oldest input that has one.</param>
internal sealed record DerivationBody(
    string Question, string Result, string? Unit, IReadOnlyList<DerivationInputBody> Inputs, IReadOnlyList<DerivationStepBody> Steps, IReadOnlyList<string> Missing)
{
    public string? DataAsOf { get; init; }

    public static DerivationBody Of(Derivation derivation) => new(
        derivation.Question,
        derivation.Result,
        derivation.Unit,
        [.. derivation.Inputs.Select(input => new DerivationInputBody(input.Name, input.Value, input.Source, input.Unit, input.At is { } at ? Rfc3339.Format(at) : null))],
        [.. derivation.Steps.Select(DerivationStepBody.Of)],
        derivation.Missing)
    {
        DataAsOf = derivation.DataAsOf is { } asOf ? Rfc3339.Format(asOf) : null,
    };
}

/// <summary>A value that went into a derivation.</summary>
internal sealed record DerivationInputBody(string Name, string Value, string Source, string? Unit, string? At);

/// <summary>A step of a derivation, and the steps that it consists of.</summary>
internal sealed record DerivationStepBody(string Text, string? Value, IReadOnlyList<DerivationStepBody> Parts)
{
    public static DerivationStepBody Of(DerivationStep step) => new(step.Text, step.Value, [.. step.Parts.Select(Of)]);
}
