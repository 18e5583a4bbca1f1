using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Gangway.Bench.Shell;

/// <summary>Where text goes: output, warnings and the like to stdout, errors to stderr, as Windows PowerShell does.</summary>
internal sealed class BenchUserInterface(ErrorStream errors) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new BenchScreen();

    public override void Write(string value) => Console.Out.Write(value);
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Console.Out.Write(value);
    public override void WriteLine(string value) => Console.Out.WriteLine(value);
    public override void WriteErrorLine(string value) => errors.WriteLine(value);
    public override void WriteWarningLine(string message) => Console.Out.WriteLine($"WARNING: {message}");
    public override void WriteVerboseLine(string message) => Console.Out.WriteLine($"VERBOSE: {message}");
    public override void WriteDebugLine(string message) => Console.Out.WriteLine($"DEBUG: {message}");
    public override void WriteProgress(long sourceId, ProgressRecord record) { }

    public override string ReadLine() => throw BenchHost.NotInteractive();
    public override SecureString ReadLineAsSecureString() => throw BenchHost.NotInteractive();
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw BenchHost.NotInteractive();
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw BenchHost.NotInteractive();
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw BenchHost.NotInteractive();
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw BenchHost.NotInteractive();
}

/// <summary>A console of 120 columns that nobody sees: formatted text wraps there, also when it is redirected.</summary>
internal sealed class BenchScreen : PSHostRawUserInterface
{
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.DarkBlue;
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.White;
    public override Size BufferSize { get; set; } = new(120, 3000);
    public override Coordinates CursorPosition { get; set; }
    public override int CursorSize { get; set; } = 25;
    public override Coordinates WindowPosition { get; set; }
    public override Size WindowSize { get; set; } = new(120, 30);
    public override string WindowTitle { get; set; } = "Windows PowerShell";
    public override bool KeyAvailable => false;
    public override Size MaxPhysicalWindowSize => new(120, 30);
    public override Size MaxWindowSize => new(120, 30);
    public override void FlushInputBuffer() { }
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();
    public override KeyInfo ReadKey(ReadKeyOptions options) => throw BenchHost.NotInteractive();
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
}
