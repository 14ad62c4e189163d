using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Foundation.Calendars;

/// <summary>A part of a country with public holidays of its own.</summary>
/// <param name="Code">The part after the hyphen of ISO 3166-2, or what the data calls it where ISO has no code.</param>
/// <param name="Name">Its name in English, or in its own language where the data knows no other.</param>
public sealed record HolidayRegion(string Code, string Name);

/// <summary>
/// The public holidays of a country and its regions over some years, read from the lines of one file. Each line has
/// fields between tabs: <c>country CODE NAME</c>, <c>years FIRST LAST</c>, <c>region CODE NAME</c>, and
/// <c>day PLACES NAME DATES</c>, where the places are <c>*</c> for everywhere, or region codes between blanks with
/// <c>-</c> for the country without a region.
/// </summary>
public sealed class HolidayTable
{
    private const string Everywhere = "*";
    private const string WithoutRegion = "-";

    private readonly List<(HashSet<string> Places, string Name, IReadOnlyList<LocalDate> Dates)> days = [];
    private readonly List<HolidayRegion> regions = [];

    private HolidayTable()
    {
    }

    /// <summary>ISO 3166-1, two capital letters.</summary>
    public string Country { get; private set; } = "";

    /// <summary>The country's name in English.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The first year of the data.</summary>
    public int FirstYear { get; private set; }

    /// <summary>The last one.</summary>
    public int LastYear { get; private set; }

    /// <summary>Its regions, by name.</summary>
    public IReadOnlyList<HolidayRegion> Regions => regions;

    /// <summary>Reads a file that the build wrote.</summary>
    /// <exception cref="FormatException">A line is none of those that the build writes; the message names it.</exception>
    public static HolidayTable Read(IEnumerable<string> lines)
    {
        var table = new HolidayTable();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Length > 0 && line[0] != '#' && !table.Take(line.Split('\t')))
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {number} of the holidays is none that the build writes: {InputFaults.Shorten(line)}"));
            }
        }

        return table.Country.Length > 0 && table.LastYear > 0 ? table : throw new FormatException("The holidays name no country or no years.");
    }

    /// <summary>The holidays of the country, or of one of its regions; <see langword="null"/> for a region that it does not have.</summary>
    public PublicHolidays? Of(string? region)
    {
        if (region is not null && !regions.Exists(known => known.Code == region))
        {
            return null;
        }

        var place = region ?? WithoutRegion;
        var kept = days.Where(day => day.Places.Contains(Everywhere) || day.Places.Contains(place))
            .SelectMany(day => day.Dates.Select(date => new ClosedDay(date, day.Name)))
            .OrderBy(day => day.Date).ThenBy(day => day.Name, StringComparer.Ordinal);
        return new PublicHolidays(Country, region, FirstYear, LastYear, [.. kept]);
    }

    private bool Take(string[] fields)
    {
        switch (fields)
        {
            case ["country", { Length: 2 } code, var name]:
                (Country, Name) = (code, name);
                return true;
            case ["years", var first, var last] when Year(first) is { } from && Year(last) is { } until:
                (FirstYear, LastYear) = (from, until);
                return true;
            case ["region", var code, var name]:
                regions.Add(new HolidayRegion(code, name));
                return true;
            case ["day", var places, var name, var dates]:
                var read = dates.Split(' ').Select(LocalDatePattern.Iso.Parse).ToList();
                days.Add(([.. places.Split(' ')], name, [.. read.Where(date => date.Success).Select(date => date.Value)]));
                return read.TrueForAll(date => date.Success);
            default:
                return false;
        }
    }

    private static int? Year(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 0 and < 9999 ? year : null;
}
