using Cairn.Server.Customers.Calendars;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.Tests.Customers;

/// <summary>Public holidays that everybody knows, in the files that the build made.</summary>
public sealed class HolidayTablesTests
{
    private static readonly HolidayTables Tables = new();

    [Theory]
    [InlineData("US", null, "2025-11-27", "Thanksgiving Day")]
    [InlineData("US", null, "2026-07-03", "Independence Day (substitute day)")]
    [InlineData("US", null, "2021-12-31", "New Year's Day (substitute day)")]
    [InlineData("US", null, "2026-06-19", "Juneteenth")]
    // The package calls these bank holidays; the law does not (tools/holidays/corrections.json).
    [InlineData("US", null, "2023-11-10", "Veterans Day (substitute day)")]
    [InlineData("US", null, "2028-11-10", "Veterans Day (substitute day)")]
    [InlineData("US", "NY", "2029-11-12", "Veterans Day (substitute day)")]
    [InlineData("US", "CA", "2026-03-31", "César Chávez Day")]
    [InlineData("GB", "ENG", "2026-04-06", "Easter Monday")]
    [InlineData("GB", "SCT", "2026-04-06", null)]
    [InlineData("GB", "SCT", "2026-01-02", "January 2nd")]
    [InlineData("GB", "ENG", "2026-01-02", null)]
    [InlineData("GB", "SCT", "2026-08-03", "Summer bank holiday")]
    [InlineData("GB", "ENG", "2026-08-31", "Summer bank holiday")]
    [InlineData("GB", "ENG", "2026-12-28", "Boxing Day (substitute day)")]
    [InlineData("DE", "BY", "2026-01-06", "Epiphany")]
    [InlineData("DE", "BY", "2026-06-04", "Corpus Christi")]
    [InlineData("DE", "BE", "2026-01-06", null)]
    [InlineData("DE", null, "2026-10-03", "National Holiday")]
    [InlineData("DE", "BE", "2017-10-31", "Reformation Day")]
    [InlineData("IN", null, "2026-01-26", "Republic Day")]
    [InlineData("IN", "MH", "2026-05-01", "Maharashtra Day")]
    [InlineData("AU", "VIC", "2026-11-03", "Melbourne Cup")]
    [InlineData("AU", null, "2026-01-26", "Australia Day")]
    [InlineData("AU", "NSW", "2027-12-28", "Boxing Day (substitute day)")]
    [InlineData("IE", null, "2024-03-18", "St. Patrick’s Day (substitute day)")]
    public void Well_known_days_are_there_and_those_of_others_are_not(string country, string? region, string date, string? name) =>
        Tables.Of(country, region).Days.FirstOrDefault(day => day.Date == LocalDatePattern.Iso.Parse(date).Value)?.Name.ShouldBe(name);

    [Fact]
    public void Every_country_reads_has_its_years_and_names_no_day_outside_of_them()
    {
        Tables.Countries.Count.ShouldBeGreaterThanOrEqualTo(40);
        foreach (var country in Tables.Countries)
        {
            var table = Tables.Find(country)!;
            (table.Country, table.FirstYear, table.LastYear).ShouldBe((country, 2015, 2040));
            foreach (var place in table.Regions.Select(region => (string?)region.Code).Prepend(null))
            {
                var days = table.Of(place)!.Days;
                days.ShouldAllBe(day => day.Date.Year >= 2015 && day.Date.Year <= 2040, $"{country}-{place}");
                Enumerable.Range(2015, 26).ShouldAllBe(year => days.Any(day => day.Date.Year == year), $"{country}-{place}");
            }
        }
    }

    [Fact]
    public void A_place_without_data_says_that_it_has_none()
    {
        Tables.Of("QQ", null).Knows(2026).ShouldBeFalse();
        Tables.Of("DE", "SCT").Knows(2026).ShouldBeFalse();
        Tables.Of("DE", "BY").Knows(2026).ShouldBeTrue();
    }

    [Fact]
    public void The_files_carry_their_licence()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, HolidayTables.FolderName);
        File.ReadAllText(Path.Combine(folder, "NOTICE")).ShouldContain("https://creativecommons.org/licenses/by-sa/3.0/");
        Directory.EnumerateFiles(folder, "*.tsv").ShouldAllBe(file => File.ReadLines(file).First().Contains("Creative Commons Attribution-ShareAlike 3.0", StringComparison.Ordinal));
    }
}
