using NodaTime;

namespace Cairn.Domain.Foundation;

/// <summary>Monday to Friday are business days: what holds where nobody says whose calendar is meant.</summary>
public sealed class Weekends : IBusinessDays
{
    /// <summary>The one there is.</summary>
    public static readonly Weekends Closed = new();

    private Weekends()
    {
    }

    /// <inheritdoc/>
    public string? WhyClosed(LocalDate day) => day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday ? day.DayOfWeek.ToString() : null;
}
