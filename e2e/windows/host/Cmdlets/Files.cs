using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsDiagnostic.Test, "Path")]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    [ValidateSet("Any", "Container", "Leaf")]
    public string PathType { get; set; } = "Any";

    protected override void EndProcessing()
    {
        foreach (string path in Path.Concat(LiteralPath)) WriteObject(PathType switch
        {
            "Leaf" => File.Exists(path),
            "Container" => Directory.Exists(path),
            _ => System.IO.Path.Exists(path),
        });
    }
}

[Cmdlet(VerbsCommon.Get, "ChildItem")]
public sealed class GetChildItemCommand : PSCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Position = 1)]
    public string Filter { get; set; } = "*";

    [Parameter]
    public SwitchParameter Directory { get; set; }

    [Parameter]
    public SwitchParameter File { get; set; }

    protected override void EndProcessing()
    {
        string[] folders = [.. Path, .. LiteralPath];
        foreach (string folder in folders.Length > 0 ? folders : [SessionState.Path.CurrentFileSystemLocation.Path]) List(folder);
    }

    private void List(string folder)
    {
        var place = new DirectoryInfo(folder);
        if (!place.Exists)
        {
            var missing = new ItemNotFoundException($"Cannot find path '{folder}' because it does not exist.");
            WriteError(new ErrorRecord(missing, "PathNotFound", ErrorCategory.ObjectNotFound, folder));
            return;
        }
        foreach (FileSystemInfo item in place.GetFileSystemInfos(Filter).OrderBy(item => item.Name, StringComparer.OrdinalIgnoreCase))
        {
            bool isFolder = item is DirectoryInfo;
            if ((Directory && !isFolder) || (File && isFolder)) continue;
            WriteObject(item);
        }
    }
}

[Cmdlet(VerbsCommon.Join, "Path")]
[OutputType(typeof(string))]
public sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1)]
    [AllowEmptyString]
    public string ChildPath { get; set; } = "";

    protected override void EndProcessing()
    {
        char separator = System.IO.Path.DirectorySeparatorChar;
        string child = ChildPath.TrimStart('\\', '/').Replace('\\', separator);
        foreach (string path in Path) WriteObject($"{path.TrimEnd('\\', '/')}{separator}{child}");
    }
}
