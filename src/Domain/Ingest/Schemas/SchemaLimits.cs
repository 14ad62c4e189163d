namespace Cairn.Domain.Ingest.Schemas;

/// <summary>The named limits of event schemas; the guide and the faults quote them.</summary>
public static class SchemaLimits
{
    /// <summary>The largest schema, in bytes of JSON.</summary>
    public const int SchemaBytes = 64 * 1024;

    /// <summary>How deep schemas may stand within one another.</summary>
    public const int Depth = 32;

    /// <summary>The most schemas within one schema.</summary>
    public const int Nodes = 2_000;

    /// <summary>The longest pattern, in characters.</summary>
    public const int PatternLength = 500;

    /// <summary>The most values of an <c>enum</c>.</summary>
    public const int EnumValues = 1_000;

    /// <summary>How many faults of one event, or of one schema, are listed.</summary>
    public const int FaultsListed = 100;

    /// <summary>The most steps that checking one event may take; only alternatives within alternatives come near it.</summary>
    public const int Steps = 100_000;
}
