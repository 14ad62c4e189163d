using Cairn.Testing;

namespace Cairn.Server.Tests.Support;

/// <summary>What a person or another program reads, as it was approved. <c>CAIRN_REGENERATE=1 ./test Server</c> writes it anew; the diff is then for a reviewer.</summary>
internal static class Golden
{
    public static void ShouldBeGolden(this string text, string name)
    {
        var path = Repository.PathTo("tests", "golden", name);
        if (Environment.GetEnvironmentVariable("CAIRN_REGENERATE") == "1")
        {
            File.WriteAllText(path, text);
            return;
        }

        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (text == approved)
        {
            return;
        }

        var (was, now) = (approved.Split('\n'), text.Split('\n'));
        var differences = was.Except(now).Take(20).Select(line => "- " + line).Concat(now.Except(was).Take(20).Select(line => "+ " + line));
        Assert.Fail($"tests/golden/{name} is not what the server says now. If the change is meant, regenerate with CAIRN_REGENERATE=1 and read the diff.\n{string.Join('\n', differences)}");
    }
}
