using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Gangway.Bench.Shell;

/// <summary>Runs texts one after the other in one runspace and sends what they give to the console.</summary>
internal sealed class Executor(Runspace runspace, BenchHost host)
{
    private static readonly PropertyInfo WriteStream =
        typeof(PSObject).GetProperty("WriteStream", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingMemberException("PSObject.WriteStream");

    public bool Ended => host.Exit is not null;

    /// <summary>-Command and -EncodedCommand: 0 where the last command succeeded, else 1; `exit` decides before both.</summary>
    public int RunText(string text)
    {
        try
        {
            Invoke(shell => shell.AddScript(text, useLocalScope: false));
        }
        catch (RuntimeException error)
        {
            Report(error);
            return ExitCodes.Failed;
        }
        return runspace.SessionStateProxy.GetVariable("?") is true ? ExitCodes.Success : ExitCodes.Failed;
    }

    /// <summary>-File: the code that the script gave to `exit`, else 0; 1 where it ended by an error.</summary>
    public int RunFile(string path, IReadOnlyList<string> arguments)
    {
        runspace.SessionStateProxy.SetVariable("global:LASTEXITCODE", null);
        try
        {
            Invoke(shell =>
            {
                shell.AddCommand(path);
                foreach (string argument in arguments) AddArgument(shell, argument);
            });
        }
        catch (RuntimeException error)
        {
            Report(error);
            return ExitCodes.Failed;
        }
        return runspace.SessionStateProxy.GetVariable("LASTEXITCODE") is int code ? code : ExitCodes.Success;
    }

    /// <summary>Runs a line or a block of a session.</summary>
    /// <returns>false where the text is the beginning of a longer one; then nothing of it has run.</returns>
    public bool TryRun(string text)
    {
        try
        {
            Invoke(shell => shell.AddScript(text, useLocalScope: false));
        }
        catch (IncompleteParseException)
        {
            return false;
        }
        catch (RuntimeException error)
        {
            Report(error);
        }
        return true;
    }

    /// <summary>Writes an error as the console would.</summary>
    public void Report(RuntimeException error)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        var shown = new PSObject(error.ErrorRecord);
        // Without this mark the formatter takes it for an object to print on stdout; the engine has no public way to set it.
        WriteStream.SetValue(shown, Enum.Parse(WriteStream.PropertyType, "Error"));
        shell.AddCommand("Out-Default").AddParameter("InputObject", shown);
        shell.Invoke(null, new PSInvocationSettings { Host = host });
    }

    private void Invoke(Action<PowerShell> add)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        add(shell);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        // What is kept in the history keeps its `$?` as well; else the engine puts the one before back.
        shell.Invoke(null, new PSInvocationSettings { Host = host, AddToHistory = true });
    }

    private static void AddArgument(PowerShell shell, string argument)
    {
        if (argument.Length > 1 && argument[0] == '-' && !char.IsDigit(argument[1]))
        {
            string[] parts = argument[1..].Split(':', 2);
            if (parts.Length == 2) shell.AddParameter(parts[0], parts[1]);
            else shell.AddParameter(parts[0]);
        }
        else
        {
            shell.AddArgument(argument);
        }
    }
}
