using System.CommandLine;
using System.Text.Json;
using Cairn.Server.CommandLine;

namespace Cairn.Server.Tests.CommandLine;

/// <summary>Commands that are interrupted. Standard error belongs to the whole process, so that nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class StandardErrorCollection
{
    public const string Name = "Standard error";
}

[Collection(StandardErrorCollection.Name)]
public sealed class StoppedTests
{
    [Fact]
    public async Task A_command_that_is_interrupted_says_that_the_same_command_goes_on()
    {
        using var stop = new CancellationTokenSource();
        var (exit, printed) = await Run(["--json"], async (_, cancel) =>
        {
            await stop.CancelAsync();
            cancel.ThrowIfCancellationRequested();
            return CommandContext.Done;
        }, stop.Token);
        exit.ShouldBe(CommandContext.Failed);
        using var json = JsonDocument.Parse(printed);
        json.RootElement.GetProperty("code").GetString().ShouldBe("stopped");
        json.RootElement.GetProperty("detail").GetString().ShouldBe("Stopped before the end. What was recorded until then is kept; run the command again to go on.");
    }

    [Fact]
    public async Task People_read_the_sentence_with_the_name_of_the_program()
    {
        var (exit, printed) = await Run([], static (_, cancel) => Task.FromCanceled<int>(cancel), new CancellationToken(canceled: true));
        exit.ShouldBe(CommandContext.Failed);
        printed.ShouldStartWith("cairn: Stopped before the end.");
        printed.TrimEnd().ShouldEndWith("run the command again to go on.");
    }

    [Fact]
    public async Task Work_that_gives_up_by_itself_is_not_called_stopped() =>
        await Should.ThrowAsync<OperationCanceledException>(() => Run([], static (_, _) => throw new OperationCanceledException("A limit of time."), CancellationToken.None));

    private static async Task<(int Exit, string Printed)> Run(string[] arguments, Func<Output, CancellationToken, Task<int>> work, CancellationToken cancel)
    {
        var context = new CommandContext();
        var parsed = new RootCommand { context.Data, context.Json }.Parse(arguments);
        var before = Console.Error;
        using var printed = new StringWriter();
        Console.SetError(printed);
        try
        {
            return (await context.Guard(parsed, work, cancel), printed.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
