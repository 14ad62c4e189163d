namespace Cairn.Domain.Playbooks;

/// <summary>The words of the playbook language. They stand in files and in the ledger, so they are only ever added to.</summary>
public static class PlaybookWords
{
    /// <summary>What a playbook is for.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["implementation", "onboarding", "transition", "review", "renewal", "recovery", "growth", "incident", "survey", "operations"];

    /// <summary>What "day N" counts.</summary>
    public static IReadOnlyList<string> Days { get; } = ["calendar", "business"];

    /// <summary>What a parameter takes.</summary>
    public static IReadOnlyList<string> ParameterTypes { get; } = ["boolean", "number", "text", "date", "choice"];

    /// <summary>Whose role it is.</summary>
    public static IReadOnlyList<string> Sides { get; } = ["ours", "customer"];

    /// <summary>What budget hours are counted over.</summary>
    public static IReadOnlyList<string> Per { get; } = ["plan", "week"];

    /// <summary>Who sees an item.</summary>
    public static IReadOnlyList<string> Audiences { get; } = ["internal", "shared", "customer"];

    /// <summary>How two items hang together.</summary>
    public static IReadOnlyList<string> DependencyKinds { get; } = ["FS", "SS", "FF", "SF"];

    /// <summary>When a checklist is gone through.</summary>
    public static IReadOnlyList<string> Moments { get; } = ["pre-kickoff", "kickoff", "stand-up", "weekly", "end-of-phase", "go-live", "post-go-live"];

    /// <summary>How a meeting repeats.</summary>
    public static IReadOnlyList<string> Every { get; } = ["day", "week", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>What starts a playbook by itself.</summary>
    public static IReadOnlyList<string> TriggerKinds { get; } = ["event", "fact", "date"];

    /// <summary>How often a date trigger looks.</summary>
    public static IReadOnlyList<string> TriggerRhythms { get; } = ["day", "week", "month", "quarter", "year"];
}
