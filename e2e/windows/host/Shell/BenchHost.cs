using System.Globalization;
using System.Management.Automation.Host;

namespace Gangway.Bench.Shell;

/// <summary>What the engine asks of its surroundings. Never prompts; remembers an `exit`.</summary>
internal sealed class BenchHost(BenchUserInterface ui) : PSHost
{
    /// <summary>The code given to `exit`, once there was one.</summary>
    public int? Exit { get; private set; }

    public override CultureInfo CurrentCulture { get; } = CultureInfo.GetCultureInfo("en-US");
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.GetCultureInfo("en-US");
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override string Name => "ConsoleHost";
    public override PSHostUserInterface UI => ui;
    public override Version Version { get; } = new(5, 1);

    public override void SetShouldExit(int exitCode) => Exit = exitCode;
    public override void EnterNestedPrompt() => throw NotInteractive();
    public override void ExitNestedPrompt() => throw NotInteractive();
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }

    internal static HostException NotInteractive() =>
        new("Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");
}
