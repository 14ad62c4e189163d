using System.Text.Json;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers.SavedViews;

/// <summary>A saved view as stored.</summary>
internal sealed class SavedViewRow
{
    public Guid ViewId { get; init; }

    public Guid PersonId { get; init; }

    public string Screen { get; init; } = "";

    public string Name { get; init; } = "";

    public bool IsShared { get; init; }

    public string Search { get; init; } = "{}";

    public DateTimeOffset CreatedAt { get; init; }

    public long Version { get; init; }

    public SavedView ToView() => new(
        new SavedViewId(ViewId),
        new PersonId(PersonId),
        Screen,
        new SavedViewDetails(Name, IsShared, JsonSerializer.Deserialize<Dictionary<string, string>>(Search)!),
        Instant.FromDateTimeOffset(CreatedAt),
        Version);
}

/// <summary>The SQL of saved views. They are the staff's, so they stand under the installation.</summary>
internal static class SavedViewsStore
{
    private const string Columns = "view_id, person_id, screen, name, is_shared, search::text as search, created_at, version";

    private static Guid Installation => CustomerId.Installation.Value;

    /// <summary>What somebody sees on a screen: their own views first, then the shared ones of others, each by age.</summary>
    public static Task<IReadOnlyList<SavedViewRow>> List(DbWork work, PersonId person, string screen) => work.List<SavedViewRow>(
        $"""
        select {Columns} from customers_saved_views
        where customer_id = @Installation and screen = @screen and (person_id = @person or is_shared)
        order by person_id <> @person, view_id
        """,
        new { Installation, person = person.Value, screen });

    /// <summary>A view that is about to change: a second change waits until this one is through.</summary>
    public static async Task<SavedView?> FindForChange(DbWork work, SavedViewId view) => (await work.Maybe<SavedViewRow>(
        $"select {Columns} from customers_saved_views where customer_id = @Installation and view_id = @view for update",
        new { Installation, view = view.Value }))?.ToView();

    public static Task<int> Count(DbWork work, PersonId person) => work.Single<int>(
        "select count(*)::int from customers_saved_views where customer_id = @Installation and person_id = @person", new { Installation, person = person.Value });

    /// <summary>Adds a view; false when its owner has one of that name.</summary>
    public static async Task<bool> Add(DbWork work, SavedView view) => await work.Execute(
        """
        insert into customers_saved_views (customer_id, view_id, person_id, screen, name, is_shared, search, created_at, version)
        values (@Installation, @view, @person, @screen, @name, @isShared, @search::jsonb, @createdAt, @version)
        on conflict do nothing
        """,
        Parameters(view)) == 1;

    /// <summary>Writes all members; false when its owner has another view of that name.</summary>
    public static async Task<bool> Update(DbWork work, SavedView view) => await work.Execute(
        """
        update customers_saved_views v set name = @name, is_shared = @isShared, search = @search::jsonb, version = @version
        where v.customer_id = @Installation and v.view_id = @view and not exists (
            select from customers_saved_views o
            where o.customer_id = @Installation and o.person_id = @person and o.screen = @screen and lower(o.name) = lower(@name) and o.view_id <> @view)
        """,
        Parameters(view)) == 1;

    public static Task Remove(DbWork work, SavedViewId view) => work.Execute(
        "delete from customers_saved_views where customer_id = @Installation and view_id = @view", new { Installation, view = view.Value });

    private static object Parameters(SavedView view) => new
    {
        Installation,
        view = view.Id.Value,
        person = view.Owner.Value,
        screen = view.Screen,
        name = view.Details.Name,
        isShared = view.Details.IsShared,
        search = JsonSerializer.Serialize(view.Details.Search),
        createdAt = view.CreatedAt.ToDateTimeOffset(),
        version = view.Version,
    };
}
