using Cairn.Server.Platform;

namespace Cairn.Server.Customers;

/// <summary>The front door of Customers: their records.</summary>
internal static class CustomersModule
{
    public static IServiceCollection Add(IServiceCollection services) => services
        .AddSingleton<CreateCustomer>()
        .AddSingleton<ChangeCustomer>()
        .AddSingleton<CustomersViews>()
        .AddSingleton<ICustomerLookup, CustomersDirectory>();

    public static void Map(IEndpointRouteBuilder routes) => CustomersEndpoints.Map(routes);
}
