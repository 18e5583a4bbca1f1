using Gangway.Bench;
using Gangway.Bench.Lab;
using Gangway.Bench.Lint;
using Gangway.Bench.Shell;

// The bench's powershell.exe: PowerShell's real engine under the command line of Windows PowerShell 5.1, with Windows'
// own cmdlets simulated by a lab that is asked over HTTP. For tests only; it is no part of the product.
string about = "Gangway bench host: engine real (PowerShell 7.6.9), Windows cmdlets simulated";

switch (args.FirstOrDefault())
{
    case "--about":
        Console.Error.WriteLine(about);
        return 0;
    case "--lint":
        return Linter.Run(args.AsSpan(1));
    case "--mpcmdrun":
        return MpCmdRun.Run(args.AsSpan(1));
    default:
        return ExitCodes.ForSystem(ConsoleShell.Run(args));
}
