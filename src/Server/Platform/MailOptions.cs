using System.Globalization;
using System.Net;
using System.Net.Mail;

namespace Cairn.Server.Platform;

/// <summary>The mail server that messages leave through.</summary>
internal sealed record MailOptions
{
    public required string Host { get; init; }

    /// <summary>587 is where mail servers take messages of programs, with STARTTLS.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Whether the connection must be encrypted before anything is sent.</summary>
    public required bool RequiresTls { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Who the messages come from.</summary>
    public required MailAddress From { get; init; }

    /// <summary>How long one message may take from connecting to the server's last word.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads <c>CAIRN_SMTP_*</c> and <c>CAIRN_MAIL_FROM</c>; <see langword="null"/> when no mail server is named.</summary>
    /// <exception cref="InstallationException">A setting cannot be used; the message names it and the fix.</exception>
    public static MailOptions? Read(Func<string, string?> setting)
    {
        if (setting("CAIRN_SMTP_HOST") is not { } host)
        {
            return null;
        }

        var port = 587;
        if (setting("CAIRN_SMTP_PORT") is { } portText && (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is 0 or > 65_535))
        {
            throw new InstallationException($"CAIRN_SMTP_PORT takes a port from 1 to 65535, not '{portText}'.");
        }

        if (setting("CAIRN_MAIL_FROM") is not { } fromText || !MailAddress.TryCreate(fromText, out var from))
        {
            throw new InstallationException("CAIRN_SMTP_HOST needs CAIRN_MAIL_FROM, the address that mail comes from: Cairn <cairn@example.com>.");
        }

        var user = setting("CAIRN_SMTP_USER");
        var password = ReadPassword(setting);
        if ((user is null) != (password is null))
        {
            throw new InstallationException("CAIRN_SMTP_USER and CAIRN_SMTP_PASSWORD (or CAIRN_SMTP_PASSWORD_FILE) go together: give both or neither.");
        }

        var requiresTls = setting("CAIRN_SMTP_TLS") switch
        {
            null => !IsLoopback(host),
            "starttls" => true,
            "none" => false,
            var other => throw new InstallationException($"CAIRN_SMTP_TLS takes starttls or none, not '{other}'."),
        };
        return new MailOptions { Host = host, Port = port, RequiresTls = requiresTls, User = user, Password = password, From = from };
    }

    /// <summary>Without the password: records print their members, and this one ends up in no log.</summary>
    public override string ToString() => $"{Host}:{Port}";

    private static string? ReadPassword(Func<string, string?> setting) =>
        setting("CAIRN_SMTP_PASSWORD") ?? (setting("CAIRN_SMTP_PASSWORD_FILE") is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : null);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
