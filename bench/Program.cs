using Cairn.Bench;
using Cairn.Bench.Contenders;
using Cairn.Bench.Load;
using Npgsql;

if (args is ["role", var role])
{
    var database = Environment.GetEnvironmentVariable("CAIRN_BENCH_DATABASE");
    // As many connections as the product may use, and statements prepared as it does.
    NpgsqlDataSource Source() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 60, MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 });
    await BareServer.Run(role switch
    {
        "echo" => BareServer.Echo,
        "naive" => new NaiveServer(Source()).Handle,
        "group" => new GroupServer(Source()).Handle,
        _ => throw new ArgumentException($"There is no role {role}."),
    });
    return 0;
}

var options = BenchOptions.Parse(args);
if (options is null)
{
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

await new Driver(options).Run();
return 0;
