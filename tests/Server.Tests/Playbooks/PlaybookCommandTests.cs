using System.Diagnostics;
using System.Text.Json;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Playbooks;

/// <summary>The playbook commands as processes, without any installation: they work on files and on what ships.</summary>
public sealed class PlaybookCommandTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cairn-playbooks-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task New_lint_and_preview_go_together()
    {
        (await Run("playbook", "new", "our-way", "--title", "Our \"way\"")).Code.ShouldBe(0);
        (await Run("playbook", "lint", "our-way.yaml")).Out.ShouldBe("1 file: no faults.\n");
        var preview = await Run("playbook", "preview", "our-way.yaml", "--start", "2026-03-02", "--set", "training=no");
        preview.Out.ShouldContain("Our \"way\", version 1");
        preview.Out.ShouldContain("Kickoff Mon 2026-03-02, finish Mon 2026-03-09, go-live Mon 2026-03-09");
        preview.Out.ShouldContain("Train the team (train): training is no");
        preview.Out.ShouldContain("csm-technical            ours      work     12   budget 16");

        var again = await Run("playbook", "new", "our-way");
        (again.Code, again.Error).ShouldBe((1, "cairn: ./our-way.yaml is there already. Choose another id, or change that file.\n"));
        JsonDocument.Parse((await Run("playbook", "new", "our-way", "--json")).Error).RootElement.Text("code").ShouldBe("file-exists");
        Directory.EnumerateFileSystemEntries(folder.FullName).Select(Path.GetFileName).ShouldBe(["our-way.yaml"], "no data directory was made");
    }

    [Fact]
    public async Task Lint_prints_a_line_a_fault_and_ends_with_1()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "sample.yaml"), SomePlaybook.With("kind: implementation", "kind: implementaton") + "\n");
        var text = await Run("playbook", "lint", "sample.yaml");
        text.Code.ShouldBe(1);
        text.Out.ShouldStartWith("sample.yaml:4:7 word-unknown 'kind' cannot be 'implementaton'. Did you mean 'implementation'?");
        text.Out.ShouldEndWith("1 file: 1 fault.\n");
        var json = await Run("playbook", "lint", "sample.yaml", "--json");
        json.Code.ShouldBe(1);
        var file = JsonDocument.Parse(json.Out).RootElement.GetProperty("files")[0];
        file.Text("file").ShouldBe("sample.yaml");
        file.GetProperty("faults")[0].GetProperty("line").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task Diff_tells_what_changed_and_show_what_is_written()
    {
        var shown = await Run("playbook", "show", "implementation-30-day");
        shown.Out.ShouldStartWith("playbook: implementation-30-day\n");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "ours.yaml"), shown.Out.Replace("version: 1\n", "version: 2\n", StringComparison.Ordinal));
        var diff = await Run("playbook", "diff", "implementation-30-day", "ours.yaml");
        (diff.Code, diff.Out).ShouldBe((1, "~ The playbook: 'version' is '2' instead of '1'.\n1 difference.\n"));
        (await Run("playbook", "diff", "ours.yaml", "ours.yaml")).ShouldBe((0, "No differences.\n", ""));
    }

    [Fact]
    public async Task The_library_is_listed_and_an_unknown_name_gets_a_hint()
    {
        (await Run("playbook", "list")).Out.ShouldContain("implementation-30-day");
        JsonDocument.Parse((await Run("playbook", "list", "--json")).Out).RootElement.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(10);
        var unknown = await Run("playbook", "show", "implementation-30-days");
        (unknown.Code, unknown.Error).ShouldBe((1, "cairn: There is no playbook 'implementation-30-days'. Did you mean 'implementation-30-day'? GET /v1/playbooks and 'cairn playbook list' show them.\n"));
    }

    [Fact]
    public async Task Preview_as_JSON_has_dates_and_reasons_and_refuses_what_it_cannot_use()
    {
        var json = JsonDocument.Parse((await Run("playbook", "preview", "implementation-30-day", "--start", "2026-03-02", "--json")).Out).RootElement;
        (json.Text("start"), json.Text("finish"), json.Text("goLive")).ShouldBe(("2026-03-02", "2026-03-31", "2026-03-26"));
        json.GetProperty("items")[0].GetProperty("why")[0].Text("text").ShouldContain("is Monday 2026-03-02");
        var closed = await Run("playbook", "preview", "implementation-30-day", "--start", "2026-03-02", "--closed", "2026-03-26=Stock taking");
        closed.Out.ShouldContain("go-live Fri 2026-03-27");
        closed.Out.ShouldContain("is closed (Stock taking)");
        (await Run("playbook", "preview", "implementation-30-day", "--start", "soon")).Error.ShouldContain("--start 2026-03-02");
        (await Run("playbook", "preview", "implementation-30-day", "--start", "2026-03-02", "--set", "ssso=no")).Error.ShouldContain("Did you mean 'sso'?");
        (await Run("playbook", "preview", "implementation-30-day", "--start", "2026-03-02", "--set", "sso")).Error.ShouldContain("--set name=value");
        (await Run("playbook", "preview", "implementation-30-day")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task The_schema_is_printed_for_editors() =>
        JsonDocument.Parse((await Run("playbook", "schema")).Out).RootElement.Text("title").ShouldBe("Cairn playbook");

    private async Task<(int Code, string Out, string Error)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "cairn"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName };
        start.Environment.Remove("ConnectionStrings__Cairn");
        start.Environment.Remove("CAIRN_DATA");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(new CancellationTokenSource(Limit).Token);
        return (process.ExitCode, await output, await error);
    }
}
