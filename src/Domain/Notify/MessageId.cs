using Cairn.Domain.Foundation;

namespace Cairn.Domain.Notify;

/// <summary>Names a message to a person: <c>msg_…</c>.</summary>
public readonly record struct MessageId(Guid Value) : ITypedId<MessageId>
{
    /// <inheritdoc/>
    public static string Prefix => "msg";

    /// <inheritdoc/>
    public static MessageId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}
