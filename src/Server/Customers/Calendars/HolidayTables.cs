using System.Collections.Concurrent;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;

namespace Cairn.Server.Customers.Calendars;

/// <summary>
/// The public holidays that the build put beside the program, a file for each country. A file is read when its country is
/// first asked for, and kept.
/// </summary>
internal sealed class HolidayTables
{
    /// <summary>The folder beside the program.</summary>
    public const string FolderName = "holidays";

    private readonly ConcurrentDictionary<string, HolidayTable> tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Country, string? Region), PublicHolidays> places = new();
    private readonly string folder = Path.Combine(AppContext.BaseDirectory, FolderName);

    /// <summary>The countries by their code; empty where the program was built without them.</summary>
    public IReadOnlyList<string> Countries => field ??= Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.tsv").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>A country's holidays; <see langword="null"/> for one that the data does not have.</summary>
    public HolidayTable? Find(string country) =>
        Countries.Contains(country) ? tables.GetOrAdd(country, code => HolidayTable.Read(File.ReadLines(Path.Combine(folder, code + ".tsv")))) : null;

    /// <summary>The holidays of a place; for one that the data does not have, none, and every computation says so.</summary>
    public PublicHolidays Of(string country, string? region) => places.TryGetValue((country, region), out var known) ? known
        : Find(country)?.Of(region) is { } found ? places.GetOrAdd((country, region), found)
        : PublicHolidays.Unknown(country, region);

    /// <summary>Notes as faults of an input what the data does not have. What is no code at all is another's to refuse, and whoever has no data is not told that a place is unknown.</summary>
    public void Check(string? country, string? region, InputFaults faults)
    {
        if (country is not { Length: 2 } || !country.All(char.IsAsciiLetterUpper) || Countries.Count == 0)
        {
            return;
        }

        if (Find(country) is not { } table)
        {
            faults.Add("/holidays/country", "holidays-unknown", $"No public holidays of '{InputFaults.Shorten(country)}' are known; GET /v1/holidays lists the countries. Write its holidays as closed days instead.");
        }
        else if (region is not null && table.Of(region) is null)
        {
            var known = table.Regions.Count == 0 ? "it has none here" : "they are " + string.Join(", ", table.Regions.Select(one => one.Code));
            faults.Add("/holidays/region", "holidays-unknown", $"'{InputFaults.Shorten(region)}' is no region of {table.Name} with holidays of its own: {known}.");
        }
    }
}
