using System.Security.Cryptography;
using System.Text;
using Cairn.Server.Platform;

namespace Cairn.Server.Tests.Platform;

public sealed class SecretBoxTests
{
    [Fact]
    public void Many_requests_seal_and_open_at_the_same_time()
    {
        using var box = new SecretBox(RandomNumberGenerator.GetBytes(32));
        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            var (purpose, secret) = ($"purpose {number}", $"secret {number}");
            Encoding.UTF8.GetString(box.Unseal(purpose, box.Seal(purpose, Encoding.UTF8.GetBytes(secret)))).ShouldBe(secret);
        });
    }

    [Fact]
    public void What_was_sealed_for_one_purpose_does_not_open_for_another()
    {
        using var box = new SecretBox(RandomNumberGenerator.GetBytes(32));
        var kept = box.Seal("one", [1, 2, 3]);
        Should.Throw<MasterKeyException>(() => box.Unseal("other", kept));
        kept[^1] ^= 1;
        Should.Throw<MasterKeyException>(() => box.Unseal("one", kept));
    }
}
