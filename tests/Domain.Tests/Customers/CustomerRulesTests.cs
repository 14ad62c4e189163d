using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Tests.Customers;

public sealed class CustomerRulesTests
{
    [Fact]
    public void A_name_is_enough_and_the_rest_has_defaults()
    {
        var details = CustomerRules.Check(new CustomerDraft { Name = "  Acme  " }, new InputFaults()).Value;

        details.Name.ShouldBe("Acme");
        details.TimeZone.ShouldBe("UTC");
        details.Stage.ShouldBe("onboarding");
        details.Acv.ShouldBeNull();
    }

    [Fact]
    public void Everything_that_a_record_holds_is_kept()
    {
        var details = CustomerRules.Check(
            new CustomerDraft
            {
                Name = "Acme",
                Industry = "Retail",
                Vertical = "e-commerce",
                Plan = "Enterprise",
                SlaTier = "Mid-market",
                Stage = "value-realisation",
                TimeZone = "Europe/London",
                AcvAmount = "12.345",
                AcvCurrency = "GBP",
                ContractStart = "2026-03-02",
                ContractEnd = "2027-03-01",
                RenewalDate = "2027-02-01",
                PaymentTerms = "annual, net 30",
                Tags = ["pilot", " pilot ", "uk"],
                CustomFields = new Dictionary<string, CustomField> { ["seats"] = new CustomField.Number(12.5m), ["vip"] = new CustomField.Flag(true) },
            },
            new InputFaults()).Value;

        details.Acv.ShouldBe(new Money(12.345m, "GBP"));
        details.Acv!.Value.AmountText.ShouldBe("12.345");
        details.ContractStart.ShouldBe(new LocalDate(2026, 3, 2));
        details.Tags.ShouldBe(["pilot", "uk"]);
        details.CustomFields["seats"].ShouldBe(new CustomField.Number(12.5m));
    }

    public static TheoryData<string, string, CustomerDraft> Faulty => new()
    {
        { "/name", "member-missing", Named(null) },
        { "/name", "text-unusable", Named(" ") },
        { "/name", "text-unusable", Named(new string('x', 201)) },
        { "/name", "text-unusable", Named("a\0b") },
        { "/name", "text-unusable", Named("half \ud83d of a pair") },
        { "/vertical", "vertical-unknown", Named("Acme") with { Vertical = "E-Commerce" } },
        { "/plan", "plan-unknown", Named("Acme") with { Plan = "Gold" } },
        { "/slaTier", "sla-tier-unknown", Named("Acme") with { SlaTier = "Gold" } },
        { "/stage", "stage-unknown", Named("Acme") with { Stage = "Lost" } },
        { "/timeZone", "zone-unknown", Named("Acme") with { TimeZone = "UTC+05" } },
        { "/timeZone", "zone-unknown", Named("Acme") with { TimeZone = "europe/london" } },
        { "/acv/amount", "member-missing", Named("Acme") with { AcvCurrency = "GBP" } },
        { "/acv/amount", "amount-unusable", Named("Acme") with { AcvAmount = "-1", AcvCurrency = "GBP" } },
        { "/acv/amount", "amount-unusable", Named("Acme") with { AcvAmount = "1e3", AcvCurrency = "GBP" } },
        { "/acv/currency", "member-missing", Named("Acme") with { AcvAmount = "1" } },
        { "/acv/currency", "currency-unusable", Named("Acme") with { AcvAmount = "1", AcvCurrency = "gbp" } },
        { "/contractStart", "date-unusable", Named("Acme") with { ContractStart = "02/03/2026" } },
        { "/contractEnd", "date-unusable", Named("Acme") with { ContractEnd = "2026-02-30" } },
        { "/contractEnd", "date-order", Named("Acme") with { ContractStart = "2026-03-02", ContractEnd = "2026-03-01" } },
        { "/renewalDate", "date-order", Named("Acme") with { ContractStart = "2026-03-02", RenewalDate = "2026-03-01" } },
        { "/paymentTerms", "text-unusable", Named("Acme") with { PaymentTerms = "" } },
        { "/tags", "too-many", Named("Acme") with { Tags = [.. Enumerable.Range(0, 51).Select(number => $"t{number}")] } },
        { "/tags/1", "text-unusable", Named("Acme") with { Tags = ["fine", ""] } },
        { "/customFields/a~1b", "text-unusable", WithField("a/b", new CustomField.Text("")) },
        { "/customFields/big", "number-inexact", WithField("big", new CustomField.Number(9_007_199_254_740_993m)) },
        { "/customFields/fine", "number-inexact", WithField("fine", new CustomField.Number(0.1234567890123456789m)) },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_a_record_does_not_take_is_a_fault_with_its_place(string pointer, string code, CustomerDraft draft)
    {
        var problem = CustomerRules.Check(draft, new InputFaults()).Problem.ShouldNotBeNull();

        var fault = problem.Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((pointer, code));
        problem.Code.ShouldBe(code);
        problem.Kind.ShouldBe(code == "member-missing" ? ProblemKind.Malformed : ProblemKind.Unacceptable);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var draft = new CustomerDraft { Vertical = "x", Plan = "y", TimeZone = "z", ContractStart = "w", AcvAmount = "v", AcvCurrency = "u" };

        CustomerRules.Check(draft, new InputFaults()).Problem.ShouldNotBeNull().Faults.Select(fault => fault.Pointer)
            .ShouldBe(["/name", "/vertical", "/plan", "/timeZone", "/acv/amount", "/acv/currency", "/contractStart"]);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("12.50", "12.50")]
    [InlineData("-0.000001", "-0.000001")]
    [InlineData("999999999999999.999999", "999999999999999.999999")]
    public void An_amount_keeps_its_decimals(string text, string shown) => new Money(Money.ParseAmount(text).ShouldNotBeNull(), "GBP").AmountText.ShouldBe(shown);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1,000")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    [InlineData("1000000000000000")]
    [InlineData("0.0000001")]
    [InlineData("٣")]
    public void Only_a_plain_decimal_is_an_amount(string text) => Money.ParseAmount(text).ShouldBeNull();

    private static CustomerDraft Named(string? name) => new() { Name = name };

    private static CustomerDraft WithField(string name, CustomField value) =>
        Named("Acme") with { CustomFields = new Dictionary<string, CustomField> { [name] = value } };
}
