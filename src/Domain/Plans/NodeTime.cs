using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>What a pass does with a node.</summary>
internal enum NodeRole
{
    /// <summary>It moves as far as it must.</summary>
    Moves,

    /// <summary>It stays where it is, whatever comes before it.</summary>
    Stays,

    /// <summary>It has no date of its own and only passes on what comes before it: phases, cancelled items, items without dates.</summary>
    Through,
}

/// <summary>
/// When a node is, in numbers of <see cref="BusinessDayIndex"/>. <see cref="Begin"/> and <see cref="End"/> are boundaries
/// between days: n is the beginning of business day n, which is the end of business day n - 1. So a task on days 3 to 5
/// begins at 3 and ends at 6, and what follows it begins at 6 or later. <see cref="First"/> and <see cref="Last"/> are days.
/// A point on day d is at the boundary d or d + 1: at d when nothing that it follows ends on that day, so that work may
/// begin the same day; at d + 1 when something does.
/// </summary>
internal struct NodeTime
{
    /// <summary>A boundary or day that nothing demands.</summary>
    public const int None = int.MinValue / 2;

    public NodeRole Role;
    public bool IsPoint;

    /// <summary>Whether it is fixed on a day on which nobody works, so that a point has no end of the day to wait for.</summary>
    public bool IsOnClosedDay;

    /// <summary>Business days from begin to end.</summary>
    public int Length;

    public int Begin;
    public int End;
    public int First;
    public int Last;

    /// <summary>The earliest begin, or day of a point, that what comes before allows; <see cref="None"/> when anything goes.</summary>
    public int Need;

    /// <summary>Which of <see cref="PlanNetwork.Before"/> demands <see cref="Need"/>; -1 when nothing does.</summary>
    public int Driver;

    public readonly bool IsKnown => Begin != None;

    /// <summary>Where an item is as it stands in the plan.</summary>
    /// <param name="item">The item.</param>
    /// <param name="index">The calendar.</param>
    /// <param name="isHeld">Whether it stays though it is neither done nor pinned.</param>
    public static NodeTime Of(PlanItem item, BusinessDayIndex index, bool isHeld = false)
    {
        if (item.State == PlanItemState.Cancelled || item.Start is not { } start || item.Finish is not { } finish)
        {
            return Passing();
        }

        var isDone = item.State == PlanItemState.Done;
        if (isDone && item.DoneOn is { } doneOn)
        {
            // What follows waits for what happened, not for what was planned.
            (start, finish) = (LocalDate.Min(start, doneOn), doneOn);
        }

        var time = new NodeTime
        {
            Role = isDone || item.IsPinned || isHeld ? NodeRole.Stays : NodeRole.Moves,
            IsPoint = item.IsPoint,
            Length = item.IsPoint ? 0 : Math.Max(1, item.WorkingDays),
            Need = None,
            Driver = -1,
        };
        if (time.IsPoint)
        {
            start = isDone ? finish : start;
            time.IsOnClosedDay = time.Role == NodeRole.Stays && !index.IsOpen(start);
            time.PutPoint(index.OnOrAfter(start));
        }
        else
        {
            time.Put(index.OnOrAfter(start));
            if (time.Role == NodeRole.Stays)
            {
                (time.End, time.Last) = (index.After(finish), index.OnOrAfter(finish));
                time.Length = time.End - time.Begin;
            }
        }

        return time;
    }

    public static NodeTime Passing() => new() { Role = NodeRole.Through, Begin = None, End = None, First = None, Last = None, Need = None, Driver = -1 };

    /// <summary>Puts what fills days on its first day.</summary>
    public void Put(int begin) => (Begin, First, End, Last) = (begin, begin, begin + Length, begin + Length - 1);

    /// <summary>Puts a point on a day, at its beginning.</summary>
    public void PutPoint(int day) => (Begin, First, End, Last) = (day, day, day, day);
}
