using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Customers;

/// <summary>A customer of the vendor, as recorded.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Details">What is known of it.</param>
/// <param name="CreatedAt">Since when it is recorded.</param>
/// <param name="Version">Counts its changes, from 1; an update names the one it is based on.</param>
public sealed record Customer(CustomerId Id, CustomerDetails Details, Instant CreatedAt, long Version);

/// <summary>What is known of a customer, checked.</summary>
public sealed record CustomerDetails
{
    /// <summary>The company.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public string? Industry { get; init; }

    /// <summary>One of <see cref="CustomerWords.Verticals"/>.</summary>
    public string? Vertical { get; init; }

    /// <summary>One of <see cref="CustomerWords.Plans"/>.</summary>
    public string? Plan { get; init; }

    /// <summary>One of <see cref="CustomerWords.SlaTiers"/>.</summary>
    public string? SlaTier { get; init; }

    /// <summary>One of <see cref="CustomerWords.Stages"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>The IANA zone in which its days begin and end.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The annual contract value; never negative.</summary>
    public Money? Acv { get; init; }

    /// <summary>First day of the contract.</summary>
    public LocalDate? ContractStart { get; init; }

    /// <summary>Last day of the contract; not before its first.</summary>
    public LocalDate? ContractEnd { get; init; }

    /// <summary>The day on which it is renewed; not before its first.</summary>
    public LocalDate? RenewalDate { get; init; }

    /// <summary>How it pays.</summary>
    public string? PaymentTerms { get; init; }

    /// <summary>Short words to find it by, each once.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Members that only this installation knows.</summary>
    public IReadOnlyDictionary<string, CustomField> CustomFields { get; init; } = new Dictionary<string, CustomField>();
}
