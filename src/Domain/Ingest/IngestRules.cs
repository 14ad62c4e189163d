using System.Text;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Ingest;

/// <summary>What an event must be to be recorded, whatever format brought it. All faults at once.</summary>
public static class IngestRules
{
    /// <summary>Sources with this prefix are the program's own; a sender may not use it.</summary>
    public const string ReservedSource = "cairn:";

    /// <summary>Event times before this are a wrong clock or a wrong unit, not history.</summary>
    public static readonly Instant Earliest = Instant.FromUtc(1970, 1, 1, 0, 0);

    /// <summary>Checks a text attribute that must be there: not empty, within its limit, no control characters.</summary>
    public static void CheckText(List<Fault> faults, string pointer, string name, string? value, int maxBytes)
    {
        if (value is null)
        {
            faults.Add(new Fault(pointer, "attribute-missing", $"'{name}' is missing. Give it as text of 1 to {maxBytes} bytes."));
        }
        else if (value.Length == 0)
        {
            faults.Add(new Fault(pointer, "attribute-empty", $"'{name}' is empty. Give it as text of 1 to {maxBytes} bytes."));
        }
        else
        {
            CheckOptionalText(faults, pointer, name, value, maxBytes);
        }
    }

    /// <summary>Checks a text attribute that may be absent.</summary>
    public static void CheckOptionalText(List<Fault> faults, string pointer, string name, string? value, int maxBytes)
    {
        if (value is null)
        {
            return;
        }

        if (Encoding.UTF8.GetByteCount(value) > maxBytes)
        {
            faults.Add(new Fault(pointer, "attribute-too-long", $"'{name}' is longer than {maxBytes} bytes. Shorten it."));
        }

        foreach (var character in value)
        {
            if (char.IsControl(character))
            {
                faults.Add(new Fault(pointer, "control-character", $"'{name}' holds the control character U+{(int)character:X4}. Leave it out."));
                return;
            }
        }
    }

    /// <summary>Checks a source: a reserved one is refused.</summary>
    public static void CheckSource(List<Fault> faults, string pointer, string name, string? value)
    {
        CheckText(faults, pointer, name, value, IngestLimits.IdBytes);
        if (value is not null && value.StartsWith(ReservedSource, StringComparison.Ordinal))
        {
            faults.Add(new Fault(pointer, "source-reserved", $"A source that begins with '{ReservedSource}' belongs to Cairn itself. Choose another."));
        }
    }

    /// <summary>Reads an event time; adds a fault and returns <see langword="null"/> when it is none, or too far from the clock.</summary>
    public static Instant? CheckTime(List<Fault> faults, string pointer, string name, string text, Instant now)
    {
        if (Rfc3339.Parse(text) is not { } time)
        {
            faults.Add(new Fault(pointer, "time-invalid", $"'{name}' is no RFC 3339 time. Write it like 2026-01-19T10:35:22Z, with a zone."));
            return null;
        }

        if (time > now + IngestLimits.MaxAhead)
        {
            faults.Add(new Fault(pointer, IngestProblems.TimeInFuture, $"'{name}' is {text}, but it is {Rfc3339.Format(now)} here. Set the sender's clock: times may be at most {IngestLimits.MaxAhead.TotalMinutes} minutes ahead."));
        }
        else if (time < Earliest)
        {
            faults.Add(new Fault(pointer, IngestProblems.TimeTooEarly, $"'{name}' is {text}, before 1970. Check the sender's clock and units."));
        }

        return time;
    }
}
