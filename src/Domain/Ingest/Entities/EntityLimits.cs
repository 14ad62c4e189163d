namespace Cairn.Domain.Ingest.Entities;

/// <summary>The named limits of entity state; the guide and the faults quote them.</summary>
public static class EntityLimits
{
    /// <summary>The longest entity id, in bytes of UTF-8 (it stands in two index entries).</summary>
    public const int IdBytes = 512;

    /// <summary>The longest name of an entity type or field, in characters.</summary>
    public const int NameLength = 64;

    /// <summary>The most entities that one event may change.</summary>
    public const int EntitiesPerEvent = 16;

    /// <summary>The most fields of one entity rule.</summary>
    public const int FieldsPerEntity = 100;

    /// <summary>The most parts of a path below <c>data</c>, which is also the deepest payload.</summary>
    public const int PathSteps = IngestLimits.JsonDepth;

    /// <summary>The most factors of a product.</summary>
    public const int Factors = 4;

    /// <summary>The largest value that a field is set to, in bytes of JSON. State is for looking things up; large content stays in its event.</summary>
    public const int ValueBytes = 4 * 1024;

    /// <summary>The largest model file, in bytes.</summary>
    public const int ModelBytes = 256 * 1024;
}
