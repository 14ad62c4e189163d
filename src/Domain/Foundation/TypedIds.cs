namespace Cairn.Domain.Foundation;

/// <summary>What every typed id can do: it is a UUIDv7 shown as <c>prefix_</c> and 26 base32 characters.</summary>
public interface ITypedId<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    /// <summary>The letters before the underscore.</summary>
    static abstract string Prefix { get; }

    /// <summary>The bare number, as the database stores it.</summary>
    Guid Value { get; }

    /// <summary>Wraps a number that is known to belong to this kind.</summary>
    static abstract TSelf Of(Guid value);
}

/// <summary>The one place that turns typed ids into text and back.</summary>
public static class TypedId
{
    /// <summary>The shown form, for instance <c>cus_01hz…</c>.</summary>
    public static string Format<TId>(TId id)
        where TId : struct, ITypedId<TId> => TId.Prefix + "_" + Crockford.Encode(id.Value);

    /// <summary>Reads the shown form; false for another prefix, another length or other characters.</summary>
    public static bool TryParse<TId>(ReadOnlySpan<char> text, out TId id)
        where TId : struct, ITypedId<TId>
    {
        id = default;
        var prefix = TId.Prefix;
        if (text.Length != prefix.Length + 1 + Crockford.Length
            || !text.StartsWith(prefix, StringComparison.Ordinal)
            || text[prefix.Length] != '_'
            || !Crockford.TryDecode(text[(prefix.Length + 1)..], out var value))
        {
            return false;
        }

        id = TId.Of(value);
        return true;
    }
}

/// <summary>Names a customer of the vendor: <c>cus_…</c>.</summary>
public readonly record struct CustomerId(Guid Value) : ITypedId<CustomerId>
{
    /// <summary>
    /// Not a customer but the installation itself: it owns what no customer owns (staff, settings, operator keys),
    /// and has a log of its own.
    /// </summary>
    public static readonly CustomerId Installation = new(Guid.Empty);

    /// <summary>Whether this is <see cref="Installation"/>.</summary>
    public bool IsInstallation => Value == Guid.Empty;

    /// <inheritdoc/>
    public static string Prefix => "cus";

    /// <inheritdoc/>
    public static CustomerId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>Names an API key: <c>key_…</c>.</summary>
public readonly record struct ApiKeyId(Guid Value) : ITypedId<ApiKeyId>
{
    /// <inheritdoc/>
    public static string Prefix => "key";

    /// <inheritdoc/>
    public static ApiKeyId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>Names a member of the vendor's staff: <c>per_…</c>.</summary>
public readonly record struct PersonId(Guid Value) : ITypedId<PersonId>
{
    /// <inheritdoc/>
    public static string Prefix => "per";

    /// <inheritdoc/>
    public static PersonId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>Names one NDJSON stream, JSON batch or import: <c>bat_…</c>.</summary>
public readonly record struct BatchId(Guid Value) : ITypedId<BatchId>
{
    /// <inheritdoc/>
    public static string Prefix => "bat";

    /// <inheritdoc/>
    public static BatchId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>Names a signed-in session: <c>ses_…</c>.</summary>
public readonly record struct SessionId(Guid Value) : ITypedId<SessionId>
{
    /// <inheritdoc/>
    public static string Prefix => "ses";

    /// <inheritdoc/>
    public static SessionId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>Names a passkey of a member of the staff: <c>pky_…</c>.</summary>
public readonly record struct PasskeyId(Guid Value) : ITypedId<PasskeyId>
{
    /// <inheritdoc/>
    public static string Prefix => "pky";

    /// <inheritdoc/>
    public static PasskeyId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>Names who somebody is at an identity provider: <c>idn_…</c>.</summary>
public readonly record struct IdentityId(Guid Value) : ITypedId<IdentityId>
{
    /// <inheritdoc/>
    public static string Prefix => "idn";

    /// <inheritdoc/>
    public static IdentityId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}
