using CnnMrf.Local;
using CnnMrf.Local.Display;
using CnnMrf.Local.Running;

using var interruption = new Interruption(Console.Error);
return await CommandLine.Run(args, Terminal.OfProcess(), interruption.Token);
