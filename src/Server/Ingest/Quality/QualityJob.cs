using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Quality;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Ingest.Quality;

/// <summary>Writes down what was counted while answering, and opens and closes alerts. At the server's stop it writes down the rest.</summary>
internal sealed partial class QualityJob(IngestMeter meter, WatchQuality watch, TimeProvider time, ILogger<QualityJob> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Try(meter.Flush, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, time, stoppingToken);
                await Try(meter.Flush, stoppingToken);
                await Try(watch.Run, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rest is written down in StopAsync.
        }
    }

    private async Task Try(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        try
        {
            await work(cancel);
        }
        catch (Exception e) when (DatabaseFailure.IsPassing(e))
        {
            LogAway(e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug here must not stop the server; the counts of these seconds are lost, the events are not.
            LogBug(e);
        }
    }

    [LoggerMessage(LogLevel.Error, "Data quality could not be written down")]
    private partial void LogBug(Exception exception);

    [LoggerMessage(LogLevel.Warning, "Data quality waits for the database: {Reason}")]
    private partial void LogAway(string reason);
}

/// <summary>Judges the last hour of every customer that had events or has an alert open; each change of an alert is a row and an entry of the log.</summary>
internal sealed class WatchQuality(Database database, LedgerAppender ledger, IOutbox outbox, IPortfolioLookup portfolio, Clock clock)
{
    public async Task Run(CancellationToken cancel)
    {
        var since = (clock.Now - QualityLimits.AlertWindow).ToDateTimeOffset();
        var windows = await database.ForOperator(work => QualityViews.Windows(work, since), cancel);
        foreach (var window in windows)
        {
            foreach (var verdict in QualityAlerts.Judge(window.ToWindow()))
            {
                if (verdict.IsDue != window.OpenKinds.Contains(QualityStore.KindText(verdict.Kind)))
                {
                    await Change(CustomerId.Of(window.CustomerId), verdict, cancel);
                }
            }
        }
    }

    private async Task Change(CustomerId customer, QualityVerdict verdict, CancellationToken cancel)
    {
        var messages = verdict.IsDue ? await Messages(customer, verdict, cancel) : [];
        await Change(customer, verdict, messages, cancel);
    }

    private Task Change(CustomerId customer, QualityVerdict verdict, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancel) => database.ForCustomer(customer, async work =>
    {
        var now = clock.NowMilliseconds.ToDateTimeOffset();
        Guid? id = NewId.Next();
        // Another server may have been first; then there is nothing to record.
        if (verdict.IsDue ? !await QualityStore.OpenAlert(work, customer, id.Value, verdict, now) : (id = await QualityStore.CloseAlert(work, customer, verdict.Kind, now)) is null)
        {
            return false;
        }

        foreach (var message in messages)
        {
            await outbox.Add(work, message);
        }

        var shown = new { kind = QualityStore.KindText(verdict.Kind), value = verdict.Value, threshold = verdict.Threshold, unit = verdict.Unit, detail = verdict.Detail };
        await ledger.Record(work, customer, new RecordChange(
            verdict.IsDue ? "data-quality-alert.opened" : "data-quality-alert.closed", Actor.System, "data-quality-alert", AlertIds.Text(id.Value))
        {
            SubjectName = QualityStore.KindText(verdict.Kind),
            Before = verdict.IsDue ? null : new { state = "open" },
            After = verdict.IsDue ? shown : new { state = "closed", shown.value, shown.detail },
        });
        return true;
    }, cancel);

    /// <summary>One message for each of the team who looks after the data.</summary>
    private async Task<IReadOnlyList<OutgoingMessage>> Messages(CustomerId customer, QualityVerdict verdict, CancellationToken cancel)
    {
        var team = await portfolio.TeamOf(customer, cancel);
        var first = team.Where(place => QualityAlerts.JobRolesTold.Contains(place.JobRole)).ToList();
        var people = (first.Count > 0 ? first : team).Select(place => place.Person).Distinct().ToList();
        return
        [
            .. people.Select(person => new OutgoingMessage
            {
                Customer = customer,
                Kind = "quality-alert",
                Inbox = person,
                Subject = $"Data quality: {QualityAlerts.Title(verdict.Kind)}",
                Text = verdict.Detail + "\n\nThe alert closes by itself when its cause is over.",
                Path = $"/customers/{customer}/quality?view=alerts",
            }),
        ];
    }
}

/// <summary>How alerts are named outside.</summary>
internal static class AlertIds
{
    private const string Prefix = "alr_";

    public static string Text(Guid id) => Prefix + Crockford.Encode(id);
}
