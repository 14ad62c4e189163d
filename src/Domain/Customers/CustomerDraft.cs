namespace Cairn.Domain.Customers;

/// <summary>What somebody writes about a customer, unchecked: texts as they came, absent ones <see langword="null"/>.</summary>
public sealed record CustomerDraft
{
    /// <summary>The company, 1 to 200 characters; the one member that is required.</summary>
    public string? Name { get; init; }

    /// <summary>What it does, in a few words.</summary>
    public string? Industry { get; init; }

    /// <summary>One of <see cref="CustomerWords.Verticals"/>.</summary>
    public string? Vertical { get; init; }

    /// <summary>One of <see cref="CustomerWords.Plans"/>.</summary>
    public string? Plan { get; init; }

    /// <summary>One of <see cref="CustomerWords.SlaTiers"/>.</summary>
    public string? SlaTier { get; init; }

    /// <summary>One of <see cref="CustomerWords.Stages"/>; onboarding when absent.</summary>
    public string? Stage { get; init; }

    /// <summary>An IANA zone such as <c>Europe/London</c>; UTC when absent.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The annual contract value as a plain decimal; goes with <see cref="AcvCurrency"/>.</summary>
    public string? AcvAmount { get; init; }

    /// <summary>Its ISO 4217 code.</summary>
    public string? AcvCurrency { get; init; }

    /// <summary>First day of the contract, <c>2026-03-02</c>.</summary>
    public string? ContractStart { get; init; }

    /// <summary>Last day of the contract.</summary>
    public string? ContractEnd { get; init; }

    /// <summary>The day on which it is renewed.</summary>
    public string? RenewalDate { get; init; }

    /// <summary>How it pays, for instance <c>annual, net 30</c>.</summary>
    public string? PaymentTerms { get; init; }

    /// <summary>Short words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Members that only this installation knows.</summary>
    public IReadOnlyDictionary<string, CustomField> CustomFields { get; init; } = new Dictionary<string, CustomField>();
}

/// <summary>The value of a custom field: a text, a number or yes/no.</summary>
public abstract record CustomField
{
    private CustomField()
    {
    }

    /// <summary>A text of 1 to 2,000 characters.</summary>
    public sealed record Text(string Value) : CustomField;

    /// <summary>A number that a double holds exactly enough to come back the same, so that every reader of the ledger sees this one.</summary>
    public sealed record Number(decimal Value) : CustomField;

    /// <summary>Yes or no.</summary>
    public sealed record Flag(bool Value) : CustomField;
}
