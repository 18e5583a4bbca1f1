using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Gangway.Bench.Lab;
using Gangway.Bench.Shell;

namespace Gangway.Bench;

/// <summary>A runspace as Windows PowerShell would have it: its core, the bench's cmdlets, and Windows' modules.</summary>
internal static class Engine
{
    public static Runspace Open(BenchHost host)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        foreach (Type type in typeof(Engine).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet)
                state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, null));
        }
        foreach ((string name, string definition) in CimFunctions.All)
            state.Commands.Add(new SessionStateFunctionEntry(name, definition));
        // The view of errors that Windows PowerShell has.
        state.Variables.Add(new SessionStateVariableEntry("ErrorView", "NormalView", ""));
        // Windows PowerShell formats without colours.
        PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        // After Windows' functions were made: those of a signed module run unconstrained.
        if (Environment.GetEnvironmentVariable("GANGWAY_BENCH_LANGUAGE") is { Length: > 0 } mode)
            runspace.SessionStateProxy.LanguageMode = Enum.Parse<PSLanguageMode>(mode);
        // Cmdlets and types that ask for the default runspace on this thread find this one.
        Runspace.DefaultRunspace = runspace;
        return runspace;
    }
}
