using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Ingest.Import;

/// <summary>Formats of days.</summary>
public static class DateFormat
{
    /// <summary>Makes the pattern; null and a sentence when the format cannot be one or loses part of the day.</summary>
    public static LocalDatePattern? TryCreate(string format, out string? why)
    {
        try
        {
            var pattern = LocalDatePattern.CreateWithInvariantCulture(format);
            var probe = new LocalDate(2011, 7, 23);
            var back = pattern.Parse(pattern.Format(probe));
            why = back.Success && back.Value == probe ? null : "the format must hold year, month and day";
            return why is null ? pattern : null;
        }
        catch (InvalidPatternException refused)
        {
            why = refused.Message;
            return null;
        }
    }
}
