using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using Gangway.Bench;
using Gangway.Bench.Lab;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// Starts a program. With -Verb RunAs the lab is asked what the person answered to the prompt. Like on Windows, an error
/// carries the system's sentence and nothing else: no code and no inner exception, so 1223 cannot be read from it.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "Process", DefaultParameterSetName = "Default")]
public sealed class StartProcessCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string FilePath { get; set; } = "";

    [Parameter(Position = 1)]
    public string[] ArgumentList { get; set; } = [];

    [Parameter]
    public string? WorkingDirectory { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    public ProcessWindowStyle WindowStyle { get; set; }

    [Parameter(ParameterSetName = "UseShellExecute")]
    public string Verb { get; set; } = "";

    [Parameter(ParameterSetName = "Default")]
    public SwitchParameter NoNewWindow { get; set; }

    protected override void EndProcessing()
    {
        bool elevate = Verb.Equals("RunAs", StringComparison.OrdinalIgnoreCase);
        if (elevate) AskForConsent();
        Process started = Start(elevate);
        if (PassThru) WriteObject(started);
        if (Wait) started.WaitForExit();
    }

    private void AskForConsent()
    {
        JsonObject answer = LabClient.Post(
            "/cmdlet/Start-Process",
            new Dictionary<string, object?>
            {
                ["elevated"] = LabClient.Elevated,
                ["parameters"] = new Dictionary<string, object?> { ["FilePath"] = FilePath, ["ArgumentList"] = ArgumentList, ["Verb"] = Verb },
            });
        if (answer["error"] is not JsonObject error) return;
        Fail(error["win32"] is int code ? Sentence(new Win32Exception(code).Message) : error.Text("message") ?? "");
    }

    private Process Start(bool elevate)
    {
        // Windows hands over one line of text, however many arguments there were.
        string line = string.Join(' ', ArgumentList);
        // An elevated program has a console of its own.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(FilePath, line)
            : new ProcessStartInfo("/bin/sh", $"-c \"exec \\\"$0\\\" \\\"$@\\\"{(elevate || !NoNewWindow ? " </dev/null >/dev/null 2>&1" : "")}\" \"{Program()}\" {line}");
        start.WorkingDirectory = WorkingDirectory ?? "";
        if (elevate) SetElevatedEnvironment(start);
        try
        {
            return Process.Start(start) ?? throw new Win32Exception("No process was started.");
        }
        catch (Win32Exception error)
        {
            Fail(Sentence(error.Message));
            throw;
        }
    }

    /// <summary>PowerShell itself is this program, whatever path Windows' own has.</summary>
    private string Program()
    {
        bool itself = FilePath.Split('\\', '/')[^1].Equals("powershell.exe", StringComparison.OrdinalIgnoreCase);
        if (itself) return Environment.ProcessPath ?? FilePath;
        string resolved = SessionState.InvokeCommand.GetCommand(FilePath, CommandTypes.Application)?.Definition ?? FilePath;
        if (!File.Exists(resolved)) Fail(Sentence("The system cannot find the file specified"));
        return resolved;
    }

    /// <summary>Windows makes an elevated process an environment anew: what the caller set in its own is not in it.</summary>
    private static void SetElevatedEnvironment(ProcessStartInfo start)
    {
        foreach (string name in start.Environment.Keys.ToArray())
        {
            bool kept = name.StartsWith("GANGWAY_BENCH_", StringComparison.Ordinal) || MachineVariables.Contains(name);
            if (!kept) start.Environment.Remove(name);
        }
        start.Environment.Remove("GANGWAY_BENCH_FAULT");
        start.Environment["GANGWAY_BENCH_ELEVATED"] = "1";
    }

    private static readonly HashSet<string> MachineVariables = new(StringComparer.OrdinalIgnoreCase)
    {
        "ALLUSERSPROFILE", "APPDATA", "ComSpec", "CommonProgramFiles", "DOTNET_ROOT", "HOME", "LANG", "LOCALAPPDATA", "PATH", "PATHEXT",
        "ProgramData", "ProgramFiles", "ProgramFiles(x86)", "ProgramW6432", "PUBLIC", "SystemDrive", "SystemRoot", "TEMP", "TMP", "TMPDIR",
        "USERDOMAIN", "USERNAME", "USERPROFILE", "windir",
    };

    private static string Sentence(string reason) => $"This command cannot be run due to the error: {reason}.";

    private void Fail(string message) =>
        ThrowTerminatingError(
            new ErrorRecord(new InvalidOperationException(message), "InvalidOperationException", ErrorCategory.InvalidOperation, null));
}
