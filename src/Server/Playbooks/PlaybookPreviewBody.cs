using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.Playbooks;

/// <summary>A dated playbook for programs: dates as <c>2026-03-02</c>, times as <c>09:30</c>, lengths in minutes, effort in hours.</summary>
internal sealed record PlaybookPreviewBody
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public required string Playbook { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    public required string Start { get; init; }

    public required string Finish { get; init; }

    public required string? GoLive { get; init; }

    public required IReadOnlyList<CompiledParameter> Parameters { get; init; }

    public required IReadOnlyList<PreviewPhaseBody> Phases { get; init; }

    public required IReadOnlyList<PreviewItemBody> Items { get; init; }

    public required IReadOnlyList<RoleBudget> Budget { get; init; }

    public required IReadOnlyList<CompiledOmission> Omissions { get; init; }

    public static PlaybookPreviewBody Of(CompiledPlaybook compiled) => new()
    {
        Playbook = compiled.Playbook,
        Version = compiled.Version,
        Title = compiled.Title,
        Start = Text(compiled.Start),
        Finish = Text(compiled.Finish),
        GoLive = compiled.Items.FirstOrDefault(item => item.Id == compiled.GoLive) is { } live ? Text(live.Finish) : null,
        Parameters = compiled.Parameters,
        Phases = [.. compiled.Phases.Select(phase => new PreviewPhaseBody(phase.Id, phase.Title, Text(phase.Start), Text(phase.Finish)))],
        Items = [.. compiled.Items.Select(item => new PreviewItemBody(
            item.Id, item.Kind, item.Phase, item.Title, item.Role, item.Audience, Text(item.Start), Text(item.Finish), item.At is { } at ? Clock.Format(at) : null,
            item.Time is { } time ? (int)time.TotalMinutes : null, item.WorkingDays, item.EffortHours, item.After, item.Why))],
        Budget = compiled.Budget,
        Omissions = compiled.Omissions,
    };

    private static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);
}

/// <summary>A phase with its dates.</summary>
internal sealed record PreviewPhaseBody(string Id, string Title, string Start, string Finish);

/// <summary>An item with its dates and how they came about.</summary>
internal sealed record PreviewItemBody(
    string Id, string Kind, string Phase, string Title, string? Role, string Audience, string Start, string Finish, string? At,
    int? Minutes, int WorkingDays, decimal? EffortHours, IReadOnlyList<CompiledDependency> After, IReadOnlyList<DerivationStep> Why);
