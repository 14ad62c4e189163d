using Cairn.Domain.Ingest.Import;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Domain.Tests.Ingest.Import;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.00", "0.00")]
    [InlineData("007", "7")]
    [InlineData("+5", "5")]
    [InlineData(".5", "0.5")]
    [InlineData("-0.05", "-0.05")]
    [InlineData("131364.30", "131364.30")]
    [InlineData("12345678901234567890123456789012345678", "12345678901234567890123456789012345678")]
    public void A_number_is_read_with_its_decimals(string text, string printed) => Of(text).ToString().ShouldBe(printed);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("5.")]
    [InlineData("1,000")]
    [InlineData("1 000")]
    [InlineData("1e3")]
    [InlineData("£5")]
    [InlineData("--5")]
    [InlineData("1.2.3")]
    [InlineData("٣")]
    [InlineData("123456789012345678901234567890123456789")]
    public void Anything_that_would_have_to_be_guessed_is_refused(string text) => ExactDecimal.TryRead(text, '.', out _).ShouldBeFalse();

    [Fact]
    public void Sums_keep_the_larger_scale_and_products_add_the_scales()
    {
        (Of("1.5") + Of("2.50")).ToString().ShouldBe("4.00");
        (Of("2.50") + Of("1.5")).ToString().ShouldBe("4.00");
        (Of("5") - Of("7.125")).ToString().ShouldBe("-2.125");
        (Of("1.50") * Of("-2.0")).ToString().ShouldBe("-3.000");
    }

    [Fact]
    public void Products_beyond_28_digits_lose_nothing()
    {
        var large = Of("99999999999999999999.999999999");
        (large * large).ToString().ShouldBe("9999999999999999999999999999800000000000.000000000000000001");
    }

    [Fact]
    public void The_order_ignores_the_scale()
    {
        Of("1.0").CompareTo(Of("1.00")).ShouldBe(0);
        Of("-1").CompareTo(Of("0.5")).ShouldBeLessThan(0);
        Of("10").CompareTo(Of("9.99")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Every_decimal_of_the_platform_agrees() => Check.QuickThrowOnFailure(Prop.ForAll<decimal, decimal>((left, right) =>
    {
        // Rounded to few digits, so that the platform's own arithmetic is exact and can serve as the oracle.
        var (a, b) = (decimal.Round(left % 1_000_000m, 4), decimal.Round(right % 1_000_000m, 4));
        var (x, y) = (Of(Text(a)), Of(Text(b)));
        return (x + y).ToString() == Text(a + b)
            && (x * y).ToString() == Text(a * b)
            && Math.Sign(x.CompareTo(y)) == Math.Sign(a.CompareTo(b));
    }));

    private static string Text(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture).TrimStart('-') is var digits && value < 0 ? "-" + digits : digits;

    private static ExactDecimal Of(string text)
    {
        ExactDecimal.TryRead(text, '.', out var value).ShouldBeTrue(text);
        return value;
    }
}
