using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Cairn.Domain.Notify;

namespace Cairn.Server.Notify;

/// <summary>A message as it goes by mail: the same words as plain text and as HTML, with the link as a button and in full.</summary>
internal sealed record Letter(MessageId Id, string To, string? ToName, string Subject, string Plain, string Html)
{
    private const string Footer = "Sent by Cairn.";

    public static Letter Write(MessageId id, (string Address, string? Name) to, string subject, string text, Uri? link)
    {
        var plain = new StringBuilder(text.ReplaceLineEndings("\n").Trim());
        if (link is not null)
        {
            plain.Append("\n\n").Append(link.AbsoluteUri);
        }

        plain.Append("\n\n-- \n").Append(Footer).Append('\n');
        // Lines of mail end with CRLF; a bare line feed would be encoded like a strange character.
        return new Letter(id, to.Address, to.Name, subject, plain.ToString().ReplaceLineEndings("\r\n"), ToHtml(subject, text, link).ReplaceLineEndings("\r\n"));
    }

    /// <summary>As the mail library takes it. The id stays the same on every attempt, so that a message that came twice is shown once.</summary>
    public MailMessage ToMailMessage(MailAddress from)
    {
        var message = new MailMessage
        {
            From = from,
            Subject = Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = Plain,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        message.To.Add(new MailAddress(To, ToName, Encoding.UTF8));
        var html = AlternateView.CreateAlternateViewFromString(Html, Encoding.UTF8, MediaTypeNames.Text.Html);
        html.TransferEncoding = TransferEncoding.QuotedPrintable;
        message.AlternateViews.Add(html);
        message.Headers["Message-ID"] = $"<{Id}@{from.Host}>";
        // Says to programs that answer by themselves ("I am on holiday") that nobody reads the answer (RFC 3834).
        message.Headers["Auto-Submitted"] = "auto-generated";
        return message;
    }

    /// <summary>Without its content, which may be secret.</summary>
    public override string ToString() => Id.ToString();

    // Mail programs know tables and styles on the element, and little else.
    private static string ToHtml(string subject, string text, Uri? link)
    {
        var paragraphs = string.Concat(text.ReplaceLineEndings("\n").Trim().Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(paragraph => $"<p style=\"margin:0 0 16px\">{WebUtility.HtmlEncode(paragraph.Trim('\n')).Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));
        var button = link is null ? "" :
            $"""
            <p style="margin:24px 0"><a href="{WebUtility.HtmlEncode(link.AbsoluteUri)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#5048d8;color:#ffffff;text-decoration:none;font-weight:600">Open in Cairn</a></p>
            <p style="margin:0 0 16px;font-size:13px;color:#5b6560;word-break:break-all">Or open this address: {WebUtility.HtmlEncode(link.AbsoluteUri)}</p>
            """;
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{WebUtility.HtmlEncode(subject)}</title></head>
            <body style="margin:0;padding:24px 12px;background:#f4f5f3">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #e2e5e1;border-radius:12px"><tr>
            <td style="padding:32px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1c211e;text-align:left">
            <h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{WebUtility.HtmlEncode(subject)}</h1>
            {paragraphs}{button}
            <p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #e2e5e1;font-size:13px;color:#5b6560">{Footer}</p>
            </td></tr></table>
            </td></tr></table>
            </body></html>
            """;
    }
}
