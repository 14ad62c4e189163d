using System.CommandLine;
using Cairn.Domain.Foundation;
using Cairn.Server.CommandLine;
using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary><c>cairn mail test</c>.</summary>
internal static class MailCommands
{
    public static Command Create(CommandContext context) => new("mail", "Check that mail leaves.") { Test(context) };

    private static Command Test(CommandContext context)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Where to send the test message" };
        var command = new Command(
            "test",
            """
            Send one message at once, with the settings of this environment, and say what the mail server answers:
            CAIRN_SMTP_HOST, CAIRN_SMTP_PORT (587), CAIRN_SMTP_TLS (starttls, or none), CAIRN_SMTP_USER,
            CAIRN_SMTP_PASSWORD or CAIRN_SMTP_PASSWORD_FILE, CAIRN_MAIL_FROM, and CAIRN_PUBLIC_URL for the links.

            Example:
              CAIRN_SMTP_HOST=mail.example.com CAIRN_MAIL_FROM=cairn@example.com cairn mail test ana@example.com
            """)
        { address };
        command.SetAction((parsed, stop) => context.Guard(parsed, async (output, cancel) =>
        {
            var options = context.OptionsOf(parsed);
            var test = new SendTestMail(new SmtpMail(options), new PublicAddress(options.PublicUrl, PublicAddress.Default));
            var how = await test.Run(parsed.GetValue(address), new InputFaults(), cancel);
            if (!how.IsOk)
            {
                return output.Refuse(how.Problem);
            }

            var told = NotifyEndpoints.Tested(how.Value);
            if (told.Failure is { } failure)
            {
                output.Error(failure.Code, failure.Reply is { } reply ? $"{failure.Detail} It said: {reply}" : failure.Detail);
                return CommandContext.Failed;
            }

            output.Result(told, _ => Console.Out.WriteLine($"{options.Mail} took the message for {parsed.GetValue(address)}."));
            return CommandContext.Done;
        }, stop));
        return command;
    }
}
