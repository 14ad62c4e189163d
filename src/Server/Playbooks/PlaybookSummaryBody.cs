using System.Diagnostics.CodeAnalysis;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Playbooks;

namespace Cairn.Server.Playbooks;

/// <summary>A playbook as the library lists it.</summary>
internal record PlaybookSummaryBody
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    /// <summary>implementation, onboarding, transition, review, renewal, recovery, growth, incident, survey or operations.</summary>
    public required string Kind { get; init; }

    public required string? Summary { get; init; }

    /// <summary>The last day on which it has anything to do.</summary>
    public required int Days { get; init; }

    public required int Phases { get; init; }

    public required int Tasks { get; init; }

    public required int Meetings { get; init; }

    /// <summary>shipped, or installation for a version of the installation's own.</summary>
    public required string Source { get; init; }

    /// <summary>Faults beyond warnings; with any, nothing can be started from it.</summary>
    public required int Faults { get; init; }

    public static PlaybookSummaryBody Of(FoundPlaybook found)
    {
        var playbook = found.Text.Reading.Playbook;
        var root = found.Text.Root;
        return new PlaybookSummaryBody
        {
            Id = found.Id,
            Version = found.Version,
            Title = playbook?.Title ?? root?.Text("title") ?? found.Id,
            Kind = playbook?.Kind ?? root?.Text("kind") ?? "",
            Summary = (playbook?.Summary ?? root?.Text("summary"))?.Trim(),
            Days = playbook is null ? 0 : LastDay(playbook),
            Phases = playbook?.Phases.Count ?? 0,
            Tasks = playbook?.Items.Count(item => item.Kind == ItemKinds.Task) ?? 0,
            Meetings = playbook?.Items.Count(item => item.Kind == ItemKinds.Meeting) ?? 0,
            Source = found.Source,
            Faults = found.Text.Reading.Faults.Count(fault => !fault.IsWarning),
        };
    }

    private static int LastDay(Playbook playbook) => playbook.Phases.Select(phase => phase.Days.Last ?? phase.Days.First)
        .Concat(playbook.Items.Select(item => item.Days is { } days ? days.Last ?? days.First : 0)).Append(0).Max();
}

/// <summary>A playbook with its text and what the program reads from it.</summary>
internal sealed record PlaybookBody : PlaybookSummaryBody
{
    [SetsRequiredMembers]
    private PlaybookBody(FoundPlaybook found)
        : base(PlaybookSummaryBody.Of(found))
    {
        Sha256 = found.Text.Sha256;
        Text = found.Text.Text;
        Model = found.Text.Reading.Playbook is { } playbook ? PlaybookModelBody.Of(playbook) : null;
    }

    /// <summary>SHA-256 of the text in UTF-8; plans keep it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The YAML as it was written.</summary>
    public required string Text { get; init; }

    /// <summary>The playbook as data; null where the text has faults.</summary>
    public required PlaybookModelBody? Model { get; init; }

    public static new PlaybookBody Of(FoundPlaybook found) => new(found);
}

/// <summary>A version of a playbook.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Source">shipped or installation.</param>
/// <param name="At">When it was written; null for a shipped one.</param>
/// <param name="By">Who wrote it; null for a shipped one.</param>
/// <param name="Sha256">Of its text.</param>
/// <param name="Title">Its title.</param>
internal sealed record PlaybookVersionBody(int Version, string Source, string? At, PlaybookAuthorBody? By, string Sha256, string? Title)
{
    public static PlaybookVersionBody Of(FoundPlaybook found) => new(
        found.Version,
        found.Source,
        found.Row is { } row ? Rfc3339.Format(NodaTime.Instant.FromDateTimeOffset(row.CreatedAt)) : null,
        found.Row is { } written ? new PlaybookAuthorBody(written.CreatedBy, written.CreatedByName ?? written.CreatedBy) : null,
        found.Text.Sha256,
        found.Text.Reading.Playbook?.Title);
}

/// <summary>Who wrote a version.</summary>
internal sealed record PlaybookAuthorBody(string Id, string Name);

/// <summary>All versions, the one in force first.</summary>
internal sealed record PlaybookVersionsBody(IReadOnlyList<PlaybookVersionBody> Items);

/// <summary>The library.</summary>
internal sealed record PlaybooksBody(IReadOnlyList<PlaybookSummaryBody> Items);

/// <summary>What changed between two versions.</summary>
internal sealed record PlaybookDiffBody(int From, int To, IReadOnlyList<PlaybookChange> Changes);

/// <summary>What is wrong with a text.</summary>
internal sealed record PlaybookLintBody(IReadOnlyList<PlaybookFaultBody> Faults, IReadOnlyList<PlaybookFaultBody> Warnings)
{
    public static PlaybookLintBody Of(PlaybookReading reading) => new(
        [.. reading.Faults.Where(fault => !fault.IsWarning).Select(PlaybookFaultBody.Of)], [.. reading.Faults.Where(fault => fault.IsWarning).Select(PlaybookFaultBody.Of)]);
}

/// <summary>One fault of a text, counted from 1.</summary>
internal sealed record PlaybookFaultBody(int Line, int Column, string Code, string Detail, string? Fix)
{
    public static PlaybookFaultBody Of(PlaybookFault fault) => new(fault.Line, fault.Column, fault.Code, fault.Detail, fault.Fix.Length > 0 ? fault.Fix : null);
}

/// <summary>What a lint takes.</summary>
/// <param name="Text">The YAML.</param>
/// <param name="Name">The file's name without <c>.yaml</c>, which its id must equal; left out, any id will do.</param>
internal sealed record LintPlaybookBody(string Text, string? Name);

/// <summary>What a change takes.</summary>
/// <param name="Text">The YAML.</param>
internal sealed record WritePlaybookBody(string Text);
