using Cairn.Domain.Foundation;

namespace Cairn.Domain.Plans;

/// <summary>Names a plan of a customer: <c>pln_…</c>.</summary>
public readonly record struct PlanId(Guid Value) : ITypedId<PlanId>
{
    /// <inheritdoc/>
    public static string Prefix => "pln";

    /// <inheritdoc/>
    public static PlanId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>Names an item of a plan: <c>itm_…</c>.</summary>
public readonly record struct PlanItemId(Guid Value) : ITypedId<PlanItemId>
{
    /// <inheritdoc/>
    public static string Prefix => "itm";

    /// <inheritdoc/>
    public static PlanItemId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>Names a reflow, or the undoing of one: <c>rfl_…</c>.</summary>
public readonly record struct ReflowId(Guid Value) : ITypedId<ReflowId>
{
    /// <inheritdoc/>
    public static string Prefix => "rfl";

    /// <inheritdoc/>
    public static ReflowId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>Names hours that somebody logged: <c>tme_…</c>.</summary>
public readonly record struct TimeEntryId(Guid Value) : ITypedId<TimeEntryId>
{
    /// <inheritdoc/>
    public static string Prefix => "tme";

    /// <inheritdoc/>
    public static TimeEntryId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}
