using System.Net;
using System.Net.Sockets;

namespace Cairn.Server.Platform;

/// <summary>
/// Which addresses of the internet the server may call because somebody typed them in. The lists are those of the IANA
/// special-purpose registries: of IPv6 only global unicast, without what embeds an IPv4 address or is for documentation.
/// </summary>
internal static class OutboundAddress
{
    private static readonly IPNetwork[] Refused4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // A cloud's own services on an address that looks public.
            "168.63.129.16/32",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Refused6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(text => IPNetwork.Parse(text))];

    /// <summary>Whether the address belongs to the public internet. An IPv4 address written as IPv6 is judged as what it is; NAT64 and 6to4 are refused.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(Refused4, network => network.Contains(address))
            : address.ScopeId == 0 && Global6.Contains(address) && !Array.Exists(Refused6, network => network.Contains(address));
    }
}
