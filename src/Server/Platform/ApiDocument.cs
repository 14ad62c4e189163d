using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cairn.Server.Platform;

/// <summary>The OpenAPI 3.1 document, from the routes themselves.</summary>
internal static class ApiDocument
{
    private const string ByKey = "apiKey";
    private const string BySession = "session";

    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Cairn",
                Version = "v1",
                Description = "Customer onboarding and customer success, with receipts. Errors are RFC 9457 problem documents with a stable `code`; lists take `limit` and `cursor`.",
            };
            // Where a copy of the server happens to listen is nobody's contract.
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [ByKey] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "An API key: `cairn apikey create --customer ID --scope ingest --scope read`. A key belongs to one customer, or to the operator. The scopes beside it are alternatives: one is enough.",
                },
                [BySession] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Cookie,
                    Name = "cairn-session",
                    Description = "A signed-in member of the staff (over TLS the cookie's name begins with `__Host-`). The role beside it is the least that may.",
                },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, cancel) =>
        {
            operation.Security = Security(context);
            Parameters(operation, context);
            await Body(operation, context, cancel);
        });
    });

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").RequirePolicy(Policies.Public);

    /// <summary>A key, or a session, or nothing: as the route's policy says. Each entry of the list is an alternative.</summary>
    private static List<OpenApiSecurityRequirement> Security(OpenApiOperationTransformerContext context)
    {
        var policy = context.Description.ActionDescriptor.EndpointMetadata.OfType<Policy>().Last();
        var ways = new List<OpenApiSecurityRequirement>();
        if (policy.AnyScope.Count > 0)
        {
            ways.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ByKey, context.Document)] = [.. policy.AnyScope] });
        }

        if (policy.LeastRole is { } least)
        {
            ways.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BySession, context.Document)] = [least.ToString()] });
        }

        return ways;
    }

    /// <summary>Adds the query parameters that a route states with <see cref="TakesQuery"/>, since handlers read them by hand to report all faults at once.</summary>
    private static void Parameters(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var stated in context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesQuery>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = stated.Name,
                In = ParameterLocation.Query,
                Description = stated.Description,
                Schema = new OpenApiSchema { Type = stated.IsNumber ? JsonSchemaType.Integer : JsonSchemaType.String },
            });
        }

        foreach (var stated in context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesHeader>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = stated.Name,
                In = ParameterLocation.Header,
                Required = stated.IsRequired,
                Description = stated.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        PathParameters(operation, context);
    }

    /// <summary>
    /// Every path parameter with its meaning. One that the handler takes from the raw request line is not seen by the
    /// framework, so all of them are written here.
    /// </summary>
    private static void PathParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var stated = context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesPath>().ToDictionary(path => path.Name, path => path.Description);
        foreach (var name in PathNames(context.Description.RelativePath))
        {
            operation.Parameters ??= [];
            if (operation.Parameters.FirstOrDefault(parameter => parameter.Name == name) is not OpenApiParameter known)
            {
                known = new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
                operation.Parameters.Add(known);
            }

            known.Description ??= stated.GetValueOrDefault(name) ?? (name == "customer" ? "Whose: a customer's id. A customer's own key takes its own only." : null);
        }
    }

    /// <summary>Adds the request body that a route states with <see cref="TakesBody"/>. The framework's own statement would refuse every other content type before the handler can explain.</summary>
    private static async Task Body(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesBody>().LastOrDefault() is { } body)
        {
            var schema = body.Shape is { } shape
                ? await context.GetOrCreateSchemaAsync(shape, null, cancel)
                : new OpenApiSchema { Type = JsonSchemaType.Object };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = body.IsRequired,
                Description = body.Description,
                Content = body.Types.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }),
            };
        }
    }

    private static IEnumerable<string> PathNames(string? path) =>
        (path ?? "").Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}', '*'));
}

/// <summary>States a query parameter of a route for the API reference.</summary>
internal sealed record TakesQuery(string Name, string Description, bool IsNumber = false);

/// <summary>States what a part of a route's path means for the API reference.</summary>
internal sealed record TakesPath(string Name, string Description);

/// <summary>States the request body of a route that reads it by hand.</summary>
internal sealed record TakesBody(string Description, bool IsRequired, IReadOnlyList<string> Types, Type? Shape = null);

/// <summary>States a header of a route for the API reference.</summary>
internal sealed record TakesHeader(string Name, string Description, bool IsRequired = true);

internal static class TakesQueryExtensions
{
    /// <summary>Adds a request body to the API reference.</summary>
    public static TBuilder TakesBody<TBuilder>(this TBuilder builder, string description, bool isRequired = true, params string[] types)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new TakesBody(description, isRequired, types.Length == 0 ? ["application/json"] : types));

    /// <summary>Adds a JSON request body of a known shape to the API reference.</summary>
    public static TBuilder TakesJson<TBuilder>(this TBuilder builder, Type shape, string description, params string[] types)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new TakesBody(description, true, ["application/json", .. types], shape));

    /// <summary>Adds a required header to the API reference.</summary>
    public static TBuilder TakesHeader<TBuilder>(this TBuilder builder, string name, string description)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new TakesHeader(name, description));

    /// <summary>Adds a header that a caller may leave out to the API reference.</summary>
    public static TBuilder MayTakeHeader<TBuilder>(this TBuilder builder, string name, string description)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new TakesHeader(name, description, IsRequired: false));

    /// <summary>Says in the API reference what a part of the path means; <c>{customer}</c> is explained already.</summary>
    public static TBuilder TakesPath<TBuilder>(this TBuilder builder, string name, string description)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new TakesPath(name, description));

    /// <summary>Adds a query parameter to the API reference.</summary>
    public static TBuilder TakesQuery<TBuilder>(this TBuilder builder, string name, string description, bool isNumber = false)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new TakesQuery(name, description, isNumber));

    /// <summary>Adds <c>limit</c> and <c>cursor</c>.</summary>
    public static TBuilder TakesPage<TBuilder>(this TBuilder builder, int largest)
        where TBuilder : IEndpointConventionBuilder => builder
            .TakesQuery("limit", $"How many at most, 1 to {largest}.", isNumber: true)
            .TakesQuery("cursor", "The member next of the page before.");

    /// <summary>Adds <c>customer</c>, which staff and operator keys pass, and what is refused without it.</summary>
    public static TBuilder TakesCustomer<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder
            .TakesQuery("customer", "Whose data is meant; for staff and operator keys. A customer's own key needs none.")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
}
