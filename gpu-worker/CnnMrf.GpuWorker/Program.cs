using CnnMrf.GpuWorker;

return await CommandLine.RunAsync(args, Console.Error, CancellationToken.None);
