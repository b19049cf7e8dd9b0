// The smallest web application: what it is published as is of interest, not what it does.
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

static class Program
{
    static void Main(string[] arguments) =>
        WebHost.CreateDefaultBuilder(arguments)
            .Configure(app => app.Run(context => context.Response.WriteAsync("hello")))
            .Build()
            .Run();
}
