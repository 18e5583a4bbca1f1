using System.Collections;
using System.Management.Automation;
using Gangway.Bench.Lab;

// Windows' own cmdlets of the kind that is compiled: an error's id ends in the full name of their class, so the
// namespaces are Windows'.
namespace Gangway.Bench.Lab
{
    /// <summary>Carries what was bound to the lab and writes what it says.</summary>
    public abstract class LabCmdlet : PSCmdlet
    {
        protected override void EndProcessing() => AskAndWrite();

        private protected void AskAndWrite()
        {
            LabAnswer answer = LabAnswer.Ask(MyInvocation.MyCommand.Name, MyInvocation.BoundParameters);
            if (answer.Missing is not null) throw answer.Missing;
            foreach (object? made in answer.Objects) WriteObject(made);
            if (answer.Error is null) return;
            if (answer.Terminating) ThrowTerminatingError(answer.Error);
            WriteError(answer.Error);
        }
    }
}

namespace Microsoft.Management.Infrastructure.CimCmdlets
{
    [Cmdlet(VerbsCommon.Get, "CimInstance")]
    public sealed class GetCimInstanceCommand : LabCmdlet
    {
        [Parameter(Mandatory = true, Position = 0)]
        public string ClassName { get; set; } = "";

        [Parameter(Position = 1)]
        public string Namespace { get; set; } = "root/cimv2";

        [Parameter]
        public string? Filter { get; set; }

        [Parameter]
        public string[]? Property { get; set; }

        [Parameter]
        public uint OperationTimeoutSec { get; set; }
    }
}

namespace Microsoft.PowerShell.Commands
{
    [Cmdlet(VerbsCommon.Get, "WinEvent", DefaultParameterSetName = "GetLogSet")]
    public sealed class GetWinEventCommand : LabCmdlet
    {
        [Parameter(Position = 0, ParameterSetName = "GetLogSet")]
        public string[]? LogName { get; set; }

        [Parameter(Mandatory = true, Position = 0, ParameterSetName = "HashQuerySet")]
        public Hashtable[]? FilterHashtable { get; set; }

        [Parameter(Mandatory = true, Position = 0, ParameterSetName = "XmlQuerySet")]
        public string? FilterXml { get; set; }

        [Parameter(ParameterSetName = "GetLogSet")]
        public string? FilterXPath { get; set; }

        [Parameter]
        public long MaxEvents { get; set; }

        [Parameter]
        public SwitchParameter Oldest { get; set; }
    }

    [Cmdlet(VerbsCommon.Get, "Service")]
    public sealed class GetServiceCommand : LabCmdlet
    {
        [Parameter(Position = 0)]
        public string[]? Name { get; set; }
    }

    /// <summary>The registry's values; Linux has none, so only HKLM: is known and the lab keeps it.</summary>
    [Cmdlet(VerbsCommon.Get, "ItemProperty")]
    public sealed class GetItemPropertyCommand : LabCmdlet
    {
        [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
        public string[]? Path { get; set; }

        [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
        public string[]? LiteralPath { get; set; }

        [Parameter(Position = 1)]
        public string[]? Name { get; set; }
    }
}
