using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Quality;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Quality;

/// <summary>The rows of data quality. Everything is added to what is there, so that followers and servers need not know of one another.</summary>
internal static class QualityStore
{
    public static async Task Clear(DbWork work, CustomerId customer)
    {
        var values = new { customer = customer.Value };
        await work.Execute("delete from ingest_quality_counts where customer_id = @customer", values);
        await work.Execute("delete from ingest_quality_fields where customer_id = @customer", values);
        await work.Execute("delete from ingest_quality_faults where customer_id = @customer and kind <> 'refused'", values);
    }

    public static Task<IReadOnlyList<string>> KnownFields(DbWork work, CustomerId customer, FieldsKey key) => work.List<string>(
        "select field from ingest_quality_fields where customer_id = @customer and hour = @Hour and batch_id = @Batch and event_type = @EventType",
        new { customer = customer.Value, key.Hour, key.Batch, key.EventType });

    public static async Task AddCounts(DbWork work, CustomerId customer, IReadOnlyDictionary<CountsKey, EventCounts> counts)
    {
        foreach (var (key, cell) in counts)
        {
            await work.Execute(
                """
                insert into ingest_quality_counts as c (customer_id, slot, batch_id, event_type, events, json, not_json, timed, late, misfits,
                    entity_faulty, broken_texts, faulty, first_time, last_time, lateness)
                values (@customer, @Slot, @Batch, @EventType, @Events, @Json, @NotJson, @Timed, @Late, @Misfits,
                    @EntityFaulty, @BrokenTexts, @Faulty, @FirstTime, @LastTime, @Lateness)
                on conflict (customer_id, slot, batch_id, event_type) do update set
                    events = c.events + excluded.events, json = c.json + excluded.json, not_json = c.not_json + excluded.not_json,
                    timed = c.timed + excluded.timed, late = c.late + excluded.late, misfits = c.misfits + excluded.misfits,
                    entity_faulty = c.entity_faulty + excluded.entity_faulty, broken_texts = c.broken_texts + excluded.broken_texts,
                    faulty = c.faulty + excluded.faulty, first_time = least(c.first_time, excluded.first_time),
                    last_time = greatest(c.last_time, excluded.last_time), lateness = ingest_add_counts(c.lateness, excluded.lateness)
                """,
                new
                {
                    customer = customer.Value, key.Slot, key.Batch, key.EventType, cell.Events, cell.Json, cell.NotJson, cell.Timed, cell.Late, cell.Misfits,
                    cell.EntityFaulty, cell.BrokenTexts, cell.Faulty, cell.FirstTime, cell.LastTime, cell.Lateness,
                });
        }
    }

    public static async Task AddFields(DbWork work, CustomerId customer, IReadOnlyDictionary<FieldsKey, FieldTally> fields)
    {
        foreach (var (key, tally) in fields)
        {
            var seen = tally.Fields.Where(field => field.Value.Present > 0).ToList();
            if (seen.Count > 0)
            {
                await AddFields(work, customer, key, seen);
            }
        }
    }

    private static Task AddFields(DbWork work, CustomerId customer, FieldsKey key, List<KeyValuePair<string, FieldCounts>> seen) => work.Execute(
        """
        insert into ingest_quality_fields as c (customer_id, hour, batch_id, event_type, field, present, nulls, blanks, texts, numbers, booleans, objects, lists)
        select @customer, @Hour, @Batch, @EventType, n.*
        from unnest(@fields, @present, @nulls, @blanks, @texts, @numbers, @booleans, @objects, @lists) n
        on conflict (customer_id, hour, batch_id, event_type, field) do update set
            present = c.present + excluded.present, nulls = c.nulls + excluded.nulls, blanks = c.blanks + excluded.blanks, texts = c.texts + excluded.texts,
            numbers = c.numbers + excluded.numbers, booleans = c.booleans + excluded.booleans, objects = c.objects + excluded.objects, lists = c.lists + excluded.lists
        """,
        new
        {
            customer = customer.Value,
            key.Hour,
            key.Batch,
            key.EventType,
            fields = seen.Select(field => field.Key).ToArray(),
            present = seen.Select(field => field.Value.Present).ToArray(),
            nulls = seen.Select(field => field.Value.Nulls).ToArray(),
            blanks = seen.Select(field => field.Value.Blanks).ToArray(),
            texts = seen.Select(field => field.Value.Texts).ToArray(),
            numbers = seen.Select(field => field.Value.Numbers).ToArray(),
            booleans = seen.Select(field => field.Value.Booleans).ToArray(),
            objects = seen.Select(field => field.Value.Objects).ToArray(),
            lists = seen.Select(field => field.Value.Lists).ToArray(),
        });

    /// <summary>Keeps faults for drilling down, as many as the limit of their slot leaves room for; the counts know of all.</summary>
    public static async Task AddFaults(DbWork work, CustomerId customer, IReadOnlyList<FoundFault> faults)
    {
        if (faults.Count == 0)
        {
            return;
        }

        var kept = await work.Single<int>(
            "select count(*)::int from ingest_quality_faults where customer_id = @customer and found_at >= @since",
            new { customer = customer.Value, since = Slots.Of(faults.Min(fault => fault.FoundAt)) });
        var fresh = faults.Take(Math.Max(0, QualityLimits.FaultsKept - kept)).ToList();
        await work.Execute(
            """
            insert into ingest_quality_faults (customer_id, fault_id, found_at, kind, batch_id, event_type, generation, log_index, event_id, source, place, pointer, code, detail)
            select @customer, n.* from unnest(@ids, @times, @kinds, @batches, @types, @generations, @indexes, @events, @sources, @places, @pointers, @codes, @details) n
            """,
            new
            {
                customer = customer.Value,
                ids = fresh.Select(_ => NewId.Next()).ToArray(),
                times = fresh.Select(fault => fault.FoundAt).ToArray(),
                kinds = fresh.Select(fault => fault.Kind).ToArray(),
                batches = fresh.Select(fault => fault.Batch).ToArray(),
                types = fresh.Select(fault => fault.EventType).ToArray(),
                generations = fresh.Select(fault => fault.Generation).ToArray(),
                indexes = fresh.Select(fault => fault.LogIndex).ToArray(),
                events = fresh.Select(fault => fault.EventId).ToArray(),
                sources = fresh.Select(fault => fault.Source).ToArray(),
                places = fresh.Select(fault => fault.Place).ToArray(),
                pointers = fresh.Select(fault => fault.Fault.Pointer).ToArray(),
                codes = fresh.Select(fault => fault.Fault.Code).ToArray(),
                details = fresh.Select(fault => fault.Fault.Detail).ToArray(),
            });
    }

    public static Task AddAnswers(DbWork work, CustomerId customer, DateTimeOffset slot, AnswerCounts answers) => work.Execute(
        """
        insert into ingest_quality_answers as c (customer_id, slot, accepted, repeated, refused, latency)
        values (@customer, @slot, @Accepted, @Repeated, @Refused, @Latency)
        on conflict (customer_id, slot) do update set accepted = c.accepted + excluded.accepted, repeated = c.repeated + excluded.repeated,
            refused = c.refused + excluded.refused, latency = ingest_add_counts(c.latency, excluded.latency)
        """,
        new { customer = customer.Value, slot, answers.Accepted, answers.Repeated, answers.Refused, answers.Latency });

    public static Task AddRefusals(DbWork work, CustomerId customer, DateTimeOffset slot, IReadOnlyList<KeyValuePair<RefusalKey, long>> refusals) => work.Execute(
        """
        insert into ingest_quality_refusals as c (customer_id, slot, batch_id, event_type, code, refused)
        select @customer, @slot, n.* from unnest(@batches, @types, @codes, @counts) n
        on conflict (customer_id, slot, batch_id, event_type, code) do update set refused = c.refused + excluded.refused
        """,
        new
        {
            customer = customer.Value,
            slot,
            batches = refusals.Select(refusal => refusal.Key.Batch).ToArray(),
            types = refusals.Select(refusal => refusal.Key.EventType).ToArray(),
            codes = refusals.Select(refusal => refusal.Key.Code).ToArray(),
            counts = refusals.Select(refusal => refusal.Value).ToArray(),
        });

    /// <summary>Opens an alert unless one of its kind is open; true when this call opened it.</summary>
    public static async Task<bool> OpenAlert(DbWork work, CustomerId customer, Guid id, QualityVerdict verdict, DateTimeOffset now) => await work.Execute(
        """
        insert into ingest_quality_alerts (customer_id, alert_id, kind, opened_at, value, threshold, unit, detail)
        values (@customer, @id, @kind, @now, @Value, @Threshold, @Unit, @Detail)
        on conflict (customer_id, kind) where closed_at is null do nothing
        """,
        new { customer = customer.Value, id, kind = KindText(verdict.Kind), now, verdict.Value, verdict.Threshold, verdict.Unit, verdict.Detail }) == 1;

    /// <summary>Closes the open alert of a kind; its id when this call closed it.</summary>
    public static Task<Guid?> CloseAlert(DbWork work, CustomerId customer, QualityAlertKind kind, DateTimeOffset now) => work.Maybe<Guid?>(
        "update ingest_quality_alerts set closed_at = @now where customer_id = @customer and kind = @kind and closed_at is null returning alert_id",
        new { customer = customer.Value, kind = KindText(kind), now });

    public static string KindText(QualityAlertKind kind) => kind switch
    {
        QualityAlertKind.Failures => "failures",
        QualityAlertKind.Latency => "latency",
        QualityAlertKind.Lateness => "lateness",
    };
}
