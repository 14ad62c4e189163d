using Cairn.Server.Customers.Calendars;
using Cairn.Server.Customers.Contacts;
using Cairn.Server.Customers.SavedViews;
using Cairn.Server.Customers.Portal;
using Cairn.Server.Customers.Team;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers;

/// <summary>The front door of Customers: their records, contacts, teams, calendars, and the views of their list.</summary>
internal static class CustomersModule
{
    public static IServiceCollection Add(IServiceCollection services) => services
        .AddSingleton<CreateCustomer>()
        .AddSingleton<ChangeCustomer>()
        .AddSingleton<CustomersViews>()
        .AddSingleton<ChangeContacts>()
        .AddSingleton<ChangeTeam>()
        .AddSingleton<TeamViews>()
        .AddSingleton<ChangeCalendars>()
        .AddSingleton<HolidayTables>()
        .AddSingleton<IBusinessCalendars, BusinessCalendars>()
        .AddSingleton<ChangeSavedViews>()
        .AddSingleton<IShareable, ShareableTeam>()
        .AddSingleton<IShareable, ShareableContacts>()
        .AddSingleton<ICustomerFacts, ReadCustomerFacts>()
        .AddSingleton<CustomersDirectory>()
        .AddSingleton<ICustomerLookup>(services => services.GetRequiredService<CustomersDirectory>())
        .AddSingleton<IPortfolioLookup>(services => services.GetRequiredService<CustomersDirectory>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        CustomersEndpoints.Map(routes);
        ContactsEndpoints.Map(routes);
        TeamEndpoints.Map(routes);
        CalendarsEndpoints.Map(routes);
        CalendarQuestionsEndpoints.Map(routes);
        ClosedDayImportsEndpoints.Map(routes);
        SavedViewsEndpoints.Map(routes);
        PortalTeamEndpoints.Map(routes);
    }
}
