using System.Text;
using System.Text.Json;

namespace Cairn.Server.Demo;

/// <summary>
/// What the demo remembers between starts, readable by its owner only: the sign-in that it made up for this machine, and
/// the key and the secret of the customer with the history, which a real installation shows once and never keeps.
/// </summary>
internal sealed record DemoState(string Email, string Password, string? Customer, string? Key, string? ReceiptSecret, string? Batch)
{
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static DemoState? Read(DirectoryInfo data)
    {
        var file = FileOf(data);
        return file.Exists ? JsonSerializer.Deserialize<DemoState>(File.ReadAllText(file.FullName), Shape) : null;
    }

    public void Save(DirectoryInfo data)
    {
        var file = FileOf(data);
        var temporary = file.FullName + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, Shape)));
        }

        File.Move(temporary, file.FullName, overwrite: true);
    }

    private static FileInfo FileOf(DirectoryInfo data) => new(Path.Combine(data.FullName, "demo.json"));
}
