using System.Data;
using Dapper;

namespace Cairn.Server.Platform;

/// <summary>How columns become members: snake_case to PascalCase, timestamps to <see cref="DateTimeOffset"/> in UTC.</summary>
internal static class DapperSetup
{
    private static readonly Lock Gate = new();
    private static bool isDone;

    public static void Apply()
    {
        lock (Gate)
        {
            if (isDone)
            {
                return;
            }

            DefaultTypeMap.MatchNamesWithUnderscores = true;
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
            SqlMapper.AddTypeHandler(new DateTimeOffsetHandler());
            isDone = true;
        }
    }

    private sealed class DateTimeOffsetHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();

        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTimeOffset offset => offset,
            System.DateTime utc => new DateTimeOffset(System.DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
            _ => throw new InvalidCastException("A timestamp came as " + value.GetType().Name),
        };
    }
}
