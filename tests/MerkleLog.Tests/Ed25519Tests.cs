using System.Numerics;
using System.Text;

namespace Cairn.MerkleLog.Tests;

public sealed class Ed25519Tests
{
    /// <summary>Seed, public key, message, signature: RFC 8032 §7.1, tests 1, 2, 3 and SHA(abc).</summary>
    public static TheoryData<string, string, string, string> Vectors => new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_vectors_of_RFC_8032_hold(string seed, string publicKey, string message, string signature)
    {
        using var signer = new Ed25519Signer(Convert.FromHexString(seed));
        signer.PublicKey.ShouldBe(Convert.FromHexString(publicKey));
        signer.Sign(Convert.FromHexString(message)).ShouldBe(Convert.FromHexString(signature));
        Ed25519.Verify(signer.PublicKey, Convert.FromHexString(message), Convert.FromHexString(signature)).ShouldBeTrue();
    }

    [Fact]
    public void Signatures_by_libcrypto_verify_and_altered_ones_do_not()
    {
        var random = new Random(7);
        for (var round = 0; round < 100; round++)
        {
            var seed = new byte[32];
            var message = new byte[random.Next(200)];
            random.NextBytes(seed);
            random.NextBytes(message);
            using var signer = new Ed25519Signer(seed);
            var signature = signer.Sign(message);
            Ed25519.Verify(signer.PublicKey, message, signature).ShouldBeTrue();
            Ed25519.Verify(signer.PublicKey, [.. message, 0], signature).ShouldBeFalse();
            Ed25519.Verify(signer.PublicKey, message, Flipped(signature, random)).ShouldBeFalse();
            Ed25519.Verify(Flipped(signer.PublicKey, random), message, signature).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_second_spelling_of_a_signature_is_refused()
    {
        using var signer = Some.Signer();
        var message = Encoding.ASCII.GetBytes("one text, one signature");
        var signature = signer.Sign(message);
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + Order;
        s.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true).ShouldBeTrue();
        Ed25519.Verify(signer.PublicKey, message, signature).ShouldBeFalse();
    }

    [Fact]
    public void Keys_that_are_no_points_are_refused()
    {
        var signature = new byte[64];
        signature[0] = 1;
        // y = p + 1 spells the neutral point a second time; y = 1 with a sign bit is a negative zero x.
        byte[] aboveThePrime = [0xee, .. Enumerable.Repeat((byte)0xff, 30), 0x7f];
        byte[] negativeZero = [1, .. new byte[30], 0x80];
        byte[] noPoint = [2, .. new byte[31]];
        byte[] neutral = [1, .. new byte[31]];
        Ed25519.Verify(aboveThePrime, [], signature).ShouldBeFalse();
        Ed25519.Verify(negativeZero, [], signature).ShouldBeFalse();
        Ed25519.Verify(noPoint, [], signature).ShouldBeFalse();

        // With the neutral point as key, R = S·B holds for S = 0: the equation itself is right.
        Ed25519.Verify(neutral, [], signature).ShouldBeTrue();
        Ed25519.Verify([], [], signature).ShouldBeFalse();
        Ed25519.Verify(neutral, [], signature.AsSpan(1)).ShouldBeFalse();
    }

    [Fact]
    public void Only_seeds_of_32_bytes_are_taken() => Should.Throw<ArgumentException>(() => new Ed25519Signer(new byte[31]));

    [Fact]
    public void New_seeds_differ() => Ed25519Signer.NewSeed().ShouldNotBe(Ed25519Signer.NewSeed());

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        var flipped = bytes.ToArray();
        flipped[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }
}
