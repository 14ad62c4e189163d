namespace Cairn.Domain.Plans;

/// <summary>The named limits of plans.</summary>
public static class PlanLimits
{
    /// <summary>The most items of a plan.</summary>
    public const int MostItems = 10_000;

    /// <summary>The most plans of a customer, closed ones included.</summary>
    public const int MostPlans = 200;

    /// <summary>The most changes of one reflow.</summary>
    public const int MostChanges = 1_000;

    /// <summary>The most direct predecessors of an item.</summary>
    public const int MostPredecessors = 200;

    /// <summary>The longest lag, in business days, in either direction.</summary>
    public const int LongestLag = 500;

    /// <summary>The most business days that one item takes.</summary>
    public const int LongestItem = 1_000;

    /// <summary>The most days after a plan's start on which an item may be put by hand: ten years.</summary>
    public const int FarthestDays = 3_660;

    /// <summary>The longest title, in characters.</summary>
    public const int TitleLength = 200;

    /// <summary>The longest details, in characters.</summary>
    public const int DetailsLength = 20_000;

    /// <summary>The longest reason of a reflow and note of a time entry, in characters.</summary>
    public const int ReasonLength = 500;

    /// <summary>The most effort of an item, in hours.</summary>
    public const decimal MostEffort = 10_000;

    /// <summary>The most hours of one day.</summary>
    public const decimal HoursOfADay = 24;

    /// <summary>The most time entries of a plan.</summary>
    public const int MostTimeEntries = 50_000;

    /// <summary>Go-live counts as on time within so many calendar days of the agreed date, before or after.</summary>
    public const int GoLiveTolerance = 3;

    /// <summary>What a business day of an item without an effort weighs in progress, in hours.</summary>
    public const decimal HoursOfAWorkingDay = 8;
}
