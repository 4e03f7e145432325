using CnnMrf.Functions;

await AppHost.Build(args).RunAsync();
