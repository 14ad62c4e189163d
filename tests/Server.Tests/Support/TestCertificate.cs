using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cairn.Server.Tests.Support;

/// <summary>A certificate for localhost that nobody but who is told trusts, as PEM files.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cairn-cert-");

    public TestCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    public string Certificate => Path.Combine(folder.FullName, "cert.pem");

    public string Key => Path.Combine(folder.FullName, "key.pem");

    public void Dispose() => folder.Delete(recursive: true);
}
