using NodaTime;

namespace Cairn.Domain.Foundation;

/// <summary>Which days somebody works, as plans need to know it. A business calendar answers with its hours, too.</summary>
public interface IBusinessDays
{
    /// <summary>Why nothing is done on a day: a weekday's name ("Saturday") or the name of a holiday; <see langword="null"/> for a business day.</summary>
    string? WhyClosed(LocalDate day);
}
