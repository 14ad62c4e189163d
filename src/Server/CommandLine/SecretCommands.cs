using System.CommandLine;
using Cairn.Server.Platform;

namespace Cairn.Server.CommandLine;

/// <summary><c>cairn secrets rotate</c>.</summary>
internal static class SecretCommands
{
    public static Command Create(CommandContext context) => new("secrets", "Change the master key that secrets are sealed under.") { Rotate(context) };

    private static Command Rotate(CommandContext context)
    {
        var command = new Command(
            "rotate",
            """
            Change the master key. The data key, which all secrets are sealed under, is sealed anew in one transaction;
            running servers go on. It may be killed at any moment: run it again, or just start the server.

            With a key file, the new key is made here and takes the place of master.key; the old one stays as
            master.key.ID for backups from before. With CAIRN_MASTER_KEY, give the new key as CAIRN_MASTER_KEY_NEXT, and
            start the servers with it as CAIRN_MASTER_KEY afterwards (with both set they start before and after).

            Examples:
              cairn secrets rotate
              CAIRN_MASTER_KEY_NEXT=$(openssl rand -base64 32) cairn secrets rotate
            """);
        command.SetAction((parsed, stop) => context.Run(parsed, async (services, output, cancel) =>
        {
            var rotated = await services.GetRequiredService<RotateMasterKey>().Run(Actor.CommandLine, cancel);
            output.Result(new { rotated.Before, rotated.After }, _ => Console.Out.WriteLine(rotated.IsOfFiles
                ? $"The master key is {rotated.After} now, in master.key. Keep master.key.{rotated.Before} as long as you keep backups from before; then delete it."
                : $"The master key is {rotated.After} now. Start the servers with it as CAIRN_MASTER_KEY, and keep the old one as long as you keep backups from before."));
            return CommandContext.Done;
        }, stop));
        return command;
    }
}
