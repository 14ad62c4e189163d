namespace Cairn.Domain.Playbooks;

/// <summary>The named limits of a playbook.</summary>
public static class PlaybookLimits
{
    /// <summary>The largest file, in bytes.</summary>
    public const int Bytes = 192 * 1024;

    /// <summary>How many faults of a file are kept; nobody reads more.</summary>
    public const int Faults = 1_000;

    /// <summary>How deep a file may nest.</summary>
    public const int Nesting = 16;

    /// <summary>The longest id, in characters.</summary>
    public const int IdLength = 60;

    /// <summary>The last day that anything may fall on: three years.</summary>
    public const int LastDay = 1_100;

    /// <summary>The most phases.</summary>
    public const int Phases = 50;

    /// <summary>The most items of one kind in a phase.</summary>
    public const int ItemsOfPhase = 500;

    /// <summary>The most items that a compiled playbook has, repetitions written out.</summary>
    public const int Items = 5_000;

    /// <summary>The most occurrences of one repeating meeting.</summary>
    public const int Occurrences = 300;

    /// <summary>The most entries of a list within an item.</summary>
    public const int Entries = 200;

    /// <summary>The most hours of a piece of work or a budget.</summary>
    public const int Hours = 100_000;

    /// <summary>The most days of a lag or a reminder.</summary>
    public const int LagDays = 365;

    /// <summary>How many closed days in a row a calendar may have before a playbook cannot be dated.</summary>
    public const int ClosedDays = 400;
}
