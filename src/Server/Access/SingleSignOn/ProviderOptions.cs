using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.SingleSignOn;

/// <summary>The identity provider that an operator configured. It is trusted to say who somebody is, so that nobody else may name one.</summary>
internal sealed record ProviderOptions
{
    /// <summary>The provider's name for itself; its discovery document is below it.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>The letters of <see cref="Issuer"/> as they were given: issuers are compared letter by letter.</summary>
    public required string IssuerText { get; init; }

    public required string ClientId { get; init; }

    /// <summary><see langword="null"/> for a public client, which PKCE alone protects.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What the button on the sign-in screen calls it.</summary>
    public string Name { get; init; } = "single sign-on";

    public string Scopes { get; init; } = "openid profile email";

    /// <summary>The claim that lists the groups.</summary>
    public string GroupsClaim { get; init; } = "groups";

    public GroupRoles Roles { get; init; } = new(new Dictionary<string, StaffRole>());

    /// <summary>Whether somebody whom the provider vouches for becomes a member of the staff at the first sign-in.</summary>
    public bool CreatesPeople { get; init; }

    /// <summary>The role of somebody who is created so, where no group decides.</summary>
    public StaffRole NewRole { get; init; } = StaffRole.Viewer;

    /// <summary>Whether the provider may be on this very machine, over plain HTTP: for trying it out.</summary>
    public bool AllowsLoopback { get; init; }

    /// <summary>Says what it is without the secret.</summary>
    public override string ToString() => $"{IssuerText} as {ClientId}";

    /// <summary>Reads <c>CAIRN_OIDC_*</c> as the installation was given them; <see langword="null"/> when no issuer is named.</summary>
    /// <exception cref="InstallationException">Something is missing or cannot be read; the message names it.</exception>
    public static ProviderOptions? FromEnvironment(Func<string, string?> read)
    {
        if (read("CAIRN_OIDC_ISSUER") is not { } issuer)
        {
            return null;
        }

        var allowsLoopback = read("CAIRN_OIDC_ALLOW_LOOPBACK") == "1";
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var address) || address.Query.Length > 0 || address.Fragment.Length > 0 || !IsAllowed(address, allowsLoopback))
        {
            throw new InstallationException($"CAIRN_OIDC_ISSUER must be an https address without query, not '{issuer}'. A provider on this machine takes CAIRN_OIDC_ALLOW_LOOPBACK=1.");
        }

        var (mapping, fault) = GroupRoles.Read(read("CAIRN_OIDC_ROLES") ?? "");
        if (fault is not null)
        {
            throw new InstallationException($"CAIRN_OIDC_ROLES has '{fault}', which is not group=Role. Roles are {string.Join(", ", Enum.GetNames<StaffRole>())}; separate several with ';'.");
        }

        var role = read("CAIRN_OIDC_NEW_ROLE") ?? nameof(StaffRole.Viewer);
        var scopes = read("CAIRN_OIDC_SCOPES") ?? "openid profile email";
        return new ProviderOptions
        {
            Issuer = address,
            IssuerText = issuer,
            ClientId = read("CAIRN_OIDC_CLIENT_ID") ?? throw new InstallationException("CAIRN_OIDC_CLIENT_ID is missing: give the name under which the provider knows this installation."),
            ClientSecret = ReadSecret(read),
            Name = read("CAIRN_OIDC_NAME") ?? "single sign-on",
            Scopes = scopes.Split(' ').Contains("openid") ? scopes : throw new InstallationException("CAIRN_OIDC_SCOPES must hold 'openid'."),
            GroupsClaim = read("CAIRN_OIDC_GROUPS_CLAIM") ?? "groups",
            Roles = mapping!,
            CreatesPeople = read("CAIRN_OIDC_CREATE_PEOPLE") == "1",
            NewRole = Enum.GetNames<StaffRole>().Contains(role) ? Enum.Parse<StaffRole>(role) : throw new InstallationException($"CAIRN_OIDC_NEW_ROLE is '{role}', which is no role."),
            AllowsLoopback = allowsLoopback,
        };
    }

    /// <summary>Whether the provider may be asked at this address.</summary>
    public static bool IsAllowed(Uri address, bool allowsLoopback) =>
        address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || (allowsLoopback && address.IsLoopback && address.Scheme == Uri.UriSchemeHttp));

    private static string? ReadSecret(Func<string, string?> read)
    {
        if (read("CAIRN_OIDC_CLIENT_SECRET") is { } secret)
        {
            return secret;
        }

        if (read("CAIRN_OIDC_CLIENT_SECRET_FILE") is not { } file)
        {
            return null;
        }

        return File.Exists(file)
            ? File.ReadAllText(file).Trim()
            : throw new InstallationException($"CAIRN_OIDC_CLIENT_SECRET_FILE names {file}, which is not there.");
    }
}
