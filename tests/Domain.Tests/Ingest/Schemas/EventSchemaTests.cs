using System.Text.Json;
using Cairn.Domain.Ingest.Schemas;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Domain.Tests.Ingest.Schemas;

/// <summary>The supported part of JSON Schema 2020-12, keyword by keyword.</summary>
public sealed class EventSchemaTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "1.0", "")]
    [InlineData("""{"type":"integer"}""", "1.5", ":schema-type")]
    [InlineData("""{"type":["string","null"]}""", "null", "")]
    [InlineData("""{"type":["string","null"]}""", "1", ":schema-type")]
    [InlineData("""{"required":["a","b"]}""", """{"b":1}""", "/a:schema-required")]
    [InlineData("""{"required":["a"]}""", "[]", "")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":1,"x":2}""", "/a:schema-type")]
    [InlineData("""{"properties":{"a/b~":{"type":"string"}}}""", """{"a/b~":1}""", "/a~1b~0:schema-type")]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", """{"a":1,"x":2}""", "/x:schema-not-allowed")]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """{"a":1,"x":"2"}""", "/x:schema-type")]
    [InlineData("""{"enum":["a",1,{"x":[1,2]}]}""", """{"x":[1.0,2]}""", "")]
    [InlineData("""{"enum":["a",1]}""", "\"b\"", ":schema-enum")]
    [InlineData("""{"const":1}""", "1.00", "")]
    [InlineData("""{"const":{"a":1,"b":2}}""", """{"b":2,"a":1}""", "")]
    [InlineData("""{"const":"a"}""", "\"A\"", ":schema-const")]
    [InlineData("""{"minimum":0.1,"maximum":5}""", "0.1", "")]
    [InlineData("""{"minimum":0.1,"maximum":5}""", "5.0000000000000000001", ":schema-maximum")]
    [InlineData("""{"exclusiveMinimum":0,"exclusiveMaximum":5}""", "0", ":schema-exclusive-minimum")]
    [InlineData("""{"exclusiveMinimum":0,"exclusiveMaximum":5}""", "5", ":schema-exclusive-maximum")]
    [InlineData("""{"minimum":0}""", "\"text\"", "")]
    [InlineData("""{"minimum":0}""", "1234567890123456789012345678901234567890", ":schema-number")]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"😀é\"", "")]
    [InlineData("""{"maxLength":1}""", "\"ab\"", ":schema-max-length")]
    [InlineData("""{"minLength":1}""", "\"\"", ":schema-min-length")]
    [InlineData("""{"pattern":"[0-9]{3}"}""", "\"a123b\"", "")]
    [InlineData("""{"pattern":"^[0-9]{3}$"}""", "\"a123b\"", ":schema-pattern")]
    [InlineData("""{"items":{"type":"number"},"minItems":1,"maxItems":3}""", "[1,\"2\",3]", "/1:schema-type")]
    [InlineData("""{"minItems":1}""", "[]", ":schema-min-items")]
    [InlineData("""{"maxItems":1}""", "[1,2]", ":schema-max-items")]
    [InlineData("""{"format":"date-time"}""", "\"2026-01-19T10:35:22+01:00\"", "")]
    [InlineData("""{"format":"date-time"}""", "\"2026-01-19 10:35\"", ":schema-format")]
    [InlineData("""{"format":"date"}""", "\"2026-02-30\"", ":schema-format")]
    [InlineData("""{"format":"email"}""", "\"a@b.example\"", "")]
    [InlineData("""{"format":"email"}""", "\"a b@c\"", ":schema-format")]
    [InlineData("""{"format":"uri"}""", "\"urn:isbn:1\"", "")]
    [InlineData("""{"format":"uri"}""", "\"/path\"", ":schema-format")]
    [InlineData("""{"format":"uri"}""", "\"example.com\"", ":schema-format")]
    [InlineData("""{"allOf":[{"type":"number"},{"minimum":2}]}""", "1", ":schema-minimum")]
    [InlineData("""{"anyOf":[{"type":"number"},{"type":"null"}]}""", "null", "")]
    [InlineData("""{"anyOf":[{"type":"number"},{"type":"null"}]}""", "\"x\"", ":schema-any-of")]
    [InlineData("""{"oneOf":[{"type":"number"},{"minimum":2}]}""", "3", ":schema-one-of")]
    [InlineData("""{"oneOf":[{"type":"number"},{"type":"string"}]}""", "3", "")]
    [InlineData("""{"$defs":{"sku":{"pattern":"^[A-Z]"}},"properties":{"a":{"$ref":"#/$defs/sku"}}}""", """{"a":"a"}""", "/a:schema-pattern")]
    [InlineData("""{"properties":{"next":{"$ref":"#"},"n":{"type":"number"}}}""", """{"next":{"next":{"n":"x"}}}""", "/next/next/n:schema-type")]
    [InlineData("true", "1", "")]
    [InlineData("false", "1", ":schema-not-allowed")]
    public void A_payload_fits_or_its_faults_are_named_with_their_places(string schema, string payload, string expected) =>
        Faults(schema, payload).ShouldBe(expected);

    [Fact]
    public void All_faults_of_a_payload_are_told_at_once() =>
        Faults("""{"required":["a","b"],"properties":{"c":{"type":"number"},"d":{"enum":[1]}}}""", """{"c":"x","d":2}""")
            .ShouldBe("/a:schema-required /b:schema-required /c:schema-type /d:schema-enum");

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"minimun":1}}}""", "/properties/a/minimun:keyword-unknown")]
    [InlineData("""{"type":"thing"}""", "/type:keyword-value")]
    [InlineData("""{"pattern":"(?=a)"}""", "/pattern:pattern-backtracks")]
    [InlineData("""{"pattern":"("}""", "/pattern:pattern-invalid")]
    [InlineData("""{"pattern":"LONG"}""", "/pattern:pattern-too-long")]
    [InlineData("""{"format":"ipv4"}""", "/format:format-unknown")]
    [InlineData("""{"$ref":"https://example.com/s"}""", "/$ref:reference-unknown")]
    [InlineData("""{"$ref":"#/$defs/x"}""", "/$ref:reference-unknown")]
    [InlineData("""{"$ref":"#"}""", ":reference-endless")]
    [InlineData("""{"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"allOf":[{"$ref":"#/$defs/a"}]}},"$ref":"#/$defs/a"}""", ":reference-endless")]
    [InlineData("""{"minLength":3,"maxLength":2}""", "/minLength:bounds-empty")]
    [InlineData("""{"minimum":3,"maximum":2.9}""", "/minimum:bounds-empty")]
    [InlineData("""{"type":"string","minimum":1}""", "/type:rule-never-applies")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#"}""", "/$schema:schema-dialect")]
    [InlineData("""{"required":["a","a"]}""", "/required:keyword-value")]
    [InlineData("""{"enum":[]}""", "/enum:keyword-value")]
    [InlineData("[]", ":schema-type")]
    public void A_schema_that_would_not_do_what_it_says_is_refused(string schema, string expected) => Lint(schema).ShouldBe(expected);

    [Fact]
    public void A_schema_of_too_many_schemas_is_refused()
    {
        var members = string.Join(',', Enumerable.Range(0, SchemaLimits.Nodes + 1).Select(n => $"\"m{n}\":true"));
        using var given = JsonDocument.Parse($"{{\"properties\":{{{members}}}}}");
        var problem = SchemaReader.Read(given.RootElement).Problem!;
        problem.Code.ShouldBe("schema-invalid");
        problem.Faults.Select(fault => fault.Code).ShouldContain("schema-too-large");
    }

    [Fact]
    public void Annotations_are_welcome_and_all_faults_of_a_schema_are_told_at_once()
    {
        Lint("""{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"A","description":"b","examples":[1],"default":1}""").ShouldBe("");
        Lint("""{"type":"thing","if":{},"properties":{"a":{"maxLength":-1}}}""").ShouldBe("/type:keyword-value /if:keyword-unknown /properties/a/maxLength:keyword-value");
    }

    [Fact]
    public void Alternatives_within_alternatives_end_in_a_fault_and_not_in_an_endless_check()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 30).Select(n =>
            $"\"d{n}\":{{\"oneOf\":[{{\"$ref\":\"#/$defs/d{n + 1}\"}},{{\"$ref\":\"#/$defs/d{n + 1}\"}}]}}"));
        Faults($"{{\"$defs\":{{{definitions},\"d30\":{{\"type\":\"number\"}}}},\"$ref\":\"#/$defs/d0\"}}", "1").ShouldContain("schema-too-costly");
    }

    [Fact]
    public void Any_payload_of_any_depth_ends_in_a_list_of_faults()
    {
        using var schema = JsonDocument.Parse("""{"$defs":{"n":{"anyOf":[{"type":"string","maxLength":3},{"type":"array","items":{"$ref":"#/$defs/n"},"maxItems":2},{"type":"object","additionalProperties":{"$ref":"#/$defs/n"}}]}},"$ref":"#/$defs/n"}""");
        var read = SchemaReader.Read(schema.RootElement).Value;
        Gen<string> Payload(int size) => size == 0
            ? Gen.Elements("1", "\"abc\"", "\"abcd\"", "null", "true")
            : Gen.OneOf(Payload(0), Payload(size / 3).ListOf(3).Select(items => $"[{string.Join(',', items)}]"), Payload(size / 2).Select(item => $"{{\"a\":{item}}}"));
        Prop.ForAll(Gen.Sized(Payload).ToArbitrary(), text =>
        {
            using var payload = JsonDocument.Parse(text);
            read.Check(payload.RootElement).Count.ShouldBeLessThanOrEqualTo(SchemaLimits.FaultsListed);
        }).QuickCheckThrowOnFailure();
    }

    private static string Faults(string schema, string payload)
    {
        using var given = JsonDocument.Parse(schema);
        var read = SchemaReader.Read(given.RootElement);
        read.IsOk.ShouldBeTrue(read.Problem?.Faults[0].Detail);
        using var value = JsonDocument.Parse(payload);
        return string.Join(' ', read.Value.Check(value.RootElement).Select(fault => $"{fault.Pointer}:{fault.Code}"));
    }

    private static string Lint(string schema)
    {
        using var given = JsonDocument.Parse(schema.Replace("LONG", new string('a', SchemaLimits.PatternLength + 1), StringComparison.Ordinal));
        return string.Join(' ', SchemaReader.Read(given.RootElement).Problem?.Faults.Select(fault => $"{fault.Pointer}:{fault.Code}") ?? []);
    }
}
