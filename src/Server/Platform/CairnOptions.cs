namespace Cairn.Server.Platform;

/// <summary>What an installation is told from outside: where it lives and how it names itself.</summary>
internal sealed record CairnOptions
{
    /// <summary>Holds the embedded database, the master key and uploaded state.</summary>
    public required DirectoryInfo Data { get; init; }

    /// <summary>An external PostgreSQL, or <see langword="null"/> for the embedded one.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The login that owns the tables and migrates them; the same as <see cref="ConnectionString"/> when not given.</summary>
    public string? OwnerConnectionString { get; init; }

    /// <summary>The master key as text, when it does not come from the key file.</summary>
    public string? MasterKey { get; init; }

    /// <summary>The name of the installation's logs, used once, at first start.</summary>
    public string? LogName { get; init; }

    /// <summary>How receipts name this machine.</summary>
    public string Hostname { get; init; } = Environment.MachineName;

    /// <summary>How receipts name the place it runs in.</summary>
    public string Region { get; init; } = "local";

    /// <summary>Where people reach this installation (<c>https://cairn.example.com</c>), for links in mail; the address it listens on when not given.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The mail server; <see langword="null"/> when none is set up and mail waits.</summary>
    public MailOptions? Mail { get; init; }

    /// <summary>The <c>CAIRN_OIDC_*</c> variables, for whoever signs people in; they may hold a secret, so that this is never written anywhere.</summary>
    public IReadOnlyDictionary<string, string> SingleSignOn { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the database is the one that Cairn starts itself.</summary>
    public bool IsEmbedded => ConnectionString is null;

    /// <summary>Without the secrets: records print their members, and these end up in no log.</summary>
    public override string ToString() => Data.FullName;

    /// <summary>Reads <c>ConnectionStrings__Cairn</c>, <c>CAIRN_*</c> and the given data directory.</summary>
    public static CairnOptions FromEnvironment(DirectoryInfo? data)
    {
        static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
        return new CairnOptions
        {
            Data = data ?? new DirectoryInfo(Read("CAIRN_DATA") ?? "data"),
            ConnectionString = Read("ConnectionStrings__Cairn"),
            OwnerConnectionString = Read("ConnectionStrings__CairnOwner"),
            MasterKey = Read("CAIRN_MASTER_KEY"),
            LogName = Read("CAIRN_LOG_NAME"),
            Hostname = Read("CAIRN_HOSTNAME") ?? Environment.MachineName,
            Region = Read("CAIRN_REGION") ?? "local",
            PublicUrl = Read("CAIRN_PUBLIC_URL"),
            Mail = MailOptions.Read(Read),
            SingleSignOn = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value))
                .Where(entry => entry.Name.StartsWith("CAIRN_OIDC_", StringComparison.Ordinal) && entry.Value is { Length: > 0 })
                .ToDictionary(entry => entry.Name, entry => entry.Value!),
        };
    }
}
