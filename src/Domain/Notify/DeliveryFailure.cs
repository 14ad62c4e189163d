namespace Cairn.Domain.Notify;

/// <summary>Why a message did not get through: a word that stays, and whether trying again is of no use.</summary>
/// <param name="Code">Kebab-case, kept in the database and shown by the API.</param>
/// <param name="IsFinal">Whether the same attempt must fail again: the other side refused for good.</param>
public sealed record DeliveryFailure(string Code, bool IsFinal)
{
    /// <summary>No mail server is configured.</summary>
    public static DeliveryFailure NotSetUp { get; } = new("mail-not-set-up", false);

    /// <summary>The mail server cannot be reached, or broke off.</summary>
    public static DeliveryFailure Unreachable { get; } = new("server-unreachable", false);

    /// <summary>The mail server did not answer within the deadline.</summary>
    public static DeliveryFailure TimedOut { get; } = new("server-timed-out", false);

    /// <summary>The mail server offers no TLS, which is required.</summary>
    public static DeliveryFailure TlsMissing { get; } = new("tls-missing", false);

    /// <summary>The mail server's certificate is not trusted, or is another host's.</summary>
    public static DeliveryFailure TlsUntrusted { get; } = new("tls-untrusted", false);

    /// <summary>The mail server does not take the user name and password. An operator mends that, so it is tried again.</summary>
    public static DeliveryFailure LoginRefused { get; } = new("login-refused", false);

    /// <summary>The mail server is busy or wants to see the message again later (a reply from 400 to 499).</summary>
    public static DeliveryFailure RefusedForNow { get; } = new("refused-for-now", false);

    /// <summary>The mail server knows no such mailbox, or may not deliver to it.</summary>
    public static DeliveryFailure AddressRefused { get; } = new("address-refused", true);

    /// <summary>The mail server took the address, but not the message.</summary>
    public static DeliveryFailure MessageRefused { get; } = new("message-refused", true);

    /// <summary>What was given is no mail address that could be written into a message.</summary>
    public static DeliveryFailure AddressUnusable { get; } = new("address-unusable", true);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DeliveryFailure> All { get; } =
        [NotSetUp, Unreachable, TimedOut, TlsMissing, TlsUntrusted, LoginRefused, RefusedForNow, AddressRefused, MessageRefused, AddressUnusable];

    /// <summary>What happened and who mends it, in one sentence.</summary>
    public static string Sentence(string code) => code switch
    {
        "mail-not-set-up" => "No mail server is set up. Start the server with CAIRN_SMTP_HOST and CAIRN_MAIL_FROM.",
        "server-unreachable" => "The mail server cannot be reached. Check CAIRN_SMTP_HOST and CAIRN_SMTP_PORT, and that it runs.",
        "server-timed-out" => "The mail server did not answer in time.",
        "tls-missing" => "The mail server offers no STARTTLS, so nothing was sent. Set CAIRN_SMTP_TLS=none only for a server that nobody else can listen to.",
        "tls-untrusted" => "The certificate of the mail server is not trusted or belongs to another host.",
        "login-refused" => "The mail server refuses the login. Check CAIRN_SMTP_USER and CAIRN_SMTP_PASSWORD.",
        "refused-for-now" => "The mail server took the message not yet; it is tried again.",
        "address-refused" => "The mail server refuses this address: no such mailbox, or not allowed.",
        "message-refused" => "The mail server refuses the message itself.",
        "address-unusable" => "This is no usable mail address.",
        _ => "The message could not be sent.",
    };
}
