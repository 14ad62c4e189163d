using System.Net;
using System.Net.Mail;
using System.Security.Authentication;
using Cairn.Domain.Notify;
using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>How an attempt ended: sent when there is no failure. The reply is the mail server's own last words, cut and cleaned.</summary>
internal sealed record SmtpOutcome(DeliveryFailure? Failure, string? Reply)
{
    public static SmtpOutcome Sent { get; } = new(null, null);
}

/// <summary>Hands letters to the mail server, each over a connection of its own, and names what goes wrong.</summary>
internal sealed class SmtpMail(CairnOptions options)
{
    private const int LongestReply = 200;

    public bool IsSetUp => options.Mail is not null;

    /// <summary>Sends one letter within the deadline. Only the caller's own cancellation throws.</summary>
    public async Task<SmtpOutcome> Send(Letter letter, CancellationToken cancel)
    {
        if (options.Mail is not { } settings)
        {
            return new SmtpOutcome(DeliveryFailure.NotSetUp, null);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(settings.Deadline);
        try
        {
            using var message = letter.ToMailMessage(settings.From);
            using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.RequiresTls };
            if (settings.User is { } user)
            {
                client.Credentials = new NetworkCredential(user, settings.Password);
            }

            await client.SendMailAsync(message, deadline.Token);
            return SmtpOutcome.Sent;
        }
        catch (Exception e) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested && e is OperationCanceledException or SmtpException or IOException or ObjectDisposedException)
        {
            return new SmtpOutcome(DeliveryFailure.TimedOut, null);
        }
        catch (FormatException)
        {
            return new SmtpOutcome(DeliveryFailure.AddressUnusable, null);
        }
        catch (SmtpException e)
        {
            return new SmtpOutcome(Classify(e), Clean(e.Message));
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            return new SmtpOutcome(DeliveryFailure.Unreachable, null);
        }
        catch (AuthenticationException)
        {
            return new SmtpOutcome(DeliveryFailure.TlsUntrusted, null);
        }
    }

    private static DeliveryFailure Classify(SmtpException e)
    {
        var code = (int)e.StatusCode;
        return e switch
        {
            { InnerException: AuthenticationException } => DeliveryFailure.TlsUntrusted,
            _ when code is >= 400 and < 500 => DeliveryFailure.RefusedForNow,
            // 530: log in first. 534, 535: not like that.
            _ when code is 530 or 534 or 535 => DeliveryFailure.LoginRefused,
            SmtpFailedRecipientException when code >= 500 => DeliveryFailure.AddressRefused,
            _ when code >= 500 => DeliveryFailure.MessageRefused,
            { InnerException: null } => DeliveryFailure.TlsMissing,
            _ => DeliveryFailure.Unreachable,
        };
    }

    private static string Clean(string text)
    {
        var line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        return line.Length <= LongestReply ? line : line[..LongestReply];
    }
}
