using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;

namespace Gangway.Bench.Shell;

/// <summary>One life of powershell.exe, from its command line to its exit code.</summary>
internal static class ConsoleShell
{
    public static int Run(string[] args)
    {
        SetConsole();
        Start start = CommandLine.Parse(args);
        switch (start.Kind)
        {
            case StartKind.Bad:
                Console.Error.WriteLine(start.Text);
                return ExitCodes.BadCommandLine;
            case StartKind.Help:
                Console.Out.WriteLine(Usage);
                return ExitCodes.Success;
            default:
                return Live(start);
        }
    }

    private static int Live(Start start)
    {
        Fault fault = Fault.FromEnvironment();
        fault.AtStart();
        // Taken before a script can set another encoding: what is read already would be lost with a new reader.
        TextReader input = Console.In;
        var errors = new ErrorStream(start.XmlErrors);
        var host = new BenchHost(new BenchUserInterface(errors));
        using Runspace runspace = Engine.Open(host);
        var executor = new Executor(runspace, host);
        int code = start.Kind switch
        {
            StartKind.Text => executor.RunText(start.Text),
            StartKind.File => RunFile(executor, start),
            _ => ExitCodes.Success,
        };
        if (start.Kind == StartKind.Session || (start.NoExit && host.Exit is null)) new InputLoop(input, executor, fault).Run();
        errors.Finish();
        Console.Out.Flush();
        return host.Exit ?? code;
    }

    private static int RunFile(Executor executor, Start start)
    {
        // The policy of a fresh Windows client.
        string policy = start.ExecutionPolicy ?? "Restricted";
        bool allowed = policy.ToUpperInvariant() is "BYPASS" or "UNRESTRICTED" or "REMOTESIGNED";
        if (allowed) return executor.RunFile(start.Text, start.Arguments);
        executor.Report(new PSSecurityException(
            $"File {start.Text} cannot be loaded because running scripts is disabled on this system. For more information, see about_Execution_Policies at https:/go.microsoft.com/fwlink/?LinkID=135170."));
        return ExitCodes.Failed;
    }

    /// <summary>
    /// Windows' console has the code page of the machine, 437 unless the bench says otherwise, and not UTF-8.
    /// </summary>
    private static void SetConsole()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string? page = Environment.GetEnvironmentVariable("GANGWAY_BENCH_CODEPAGE");
        Encoding encoding = page is null ? Encoding.GetEncoding(437)
            : page == "65001" ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
            : Encoding.GetEncoding(int.Parse(page, System.Globalization.CultureInfo.InvariantCulture));
        Console.InputEncoding = encoding;
        Console.OutputEncoding = encoding;
    }

    private const string Usage =
        """
        PowerShell[.exe] [-NoLogo] [-NoExit] [-NoProfile] [-NonInteractive] [-Sta] [-Mta]
            [-InputFormat {Text | XML}] [-OutputFormat {Text | XML}] [-WindowStyle <style>]
            [-ExecutionPolicy <policy>] [-EncodedCommand <Base64EncodedCommand>]
            [-File <filePath> <args>] [-Command { - | <string> [<CommandParameters>] }]

        This is Gangway's bench host: the engine is real, the Windows cmdlets are simulated.
        """;
}
