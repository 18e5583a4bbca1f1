namespace Gangway.Bench.Lab;

/// <summary>
/// Windows' CDXML modules: functions that carry the documented parameters to the lab. Functions as on Windows, so that an
/// error's id ends in the function's name.
/// </summary>
internal static class CimFunctions
{
    private const string Lists =
        """
        [string[]] $ExclusionPath, [string[]] $ExclusionExtension, [string[]] $ExclusionProcess, [string[]] $ExclusionIpAddress,
        [string[]] $AttackSurfaceReductionOnlyExclusions, [string[]] $AttackSurfaceReductionRules_Ids,
        [string[]] $AttackSurfaceReductionRules_Actions, [string[]] $ControlledFolderAccessProtectedFolders,
        [string[]] $ControlledFolderAccessAllowedApplications, [long[]] $ThreatIDDefaultAction_Ids,
        [string[]] $ThreatIDDefaultAction_Actions, [switch] $Force
        """;

    private const string Settings =
        """
        [bool] $DisableRealtimeMonitoring, [bool] $DisableBehaviorMonitoring, [bool] $DisableIOAVProtection,
        [bool] $DisableScriptScanning, [bool] $DisableArchiveScanning, [bool] $DisableBlockAtFirstSeen,
        [string] $MAPSReporting, [string] $SubmitSamplesConsent, [string] $CloudBlockLevel, [string] $PUAProtection,
        [string] $EnableControlledFolderAccess, [string] $EnableNetworkProtection, [string] $PerformanceModeStatus
        """;

    private const string Threats = "[Parameter(ValueFromPipelineByPropertyName)] [long[]] $ThreatID";

    private const string Register =
        """
        [Parameter(Mandatory, Position = 0)] [string] $TaskName, [string] $TaskPath, [object[]] $Action, [object[]] $Trigger,
        [object] $Settings, [object] $Principal, [string] $User, [string] $Password, [string] $RunLevel, [string] $Description,
        [string] $Xml, [switch] $Force
        """;

    private const string Names = "[Parameter(Position = 0)] [string[]] $TaskName, [Parameter(Position = 1)] [string[]] $TaskPath";

    private const string Scan =
        "[ValidateSet('FullScan', 'QuickScan', 'CustomScan')] [string] $ScanType, [string] $ScanPath, [switch] $DisableRemediation";

    private const string Update =
        "[ValidateSet('InternalDefinitionUpdateServer', 'MicrosoftUpdateServer', 'MMPC', 'FileShares')] [string] $UpdateSource";

    /// <summary>Name and body of each.</summary>
    public static IEnumerable<(string Name, string Definition)> All =>
    [
        ("Get-MpComputerStatus", Function("")),
        ("Get-MpPreference", Function("")),
        ("Add-MpPreference", Function(Lists)),
        ("Remove-MpPreference", Function(Lists)),
        ("Set-MpPreference", Function($"{Lists}, {Settings}")),
        ("Get-MpThreat", Function(Threats)),
        ("Get-MpThreatDetection", Function(Threats)),
        ("Remove-MpThreat", Function("")),
        ("Start-MpScan", Function(Scan)),
        ("Update-MpSignature", Function(Update)),
        ("Get-ScheduledTask", Function(Names)),
        ("Register-ScheduledTask", Function(Register)),
        ("Unregister-ScheduledTask", Function(Names, confirm: true)),
        .. TaskParts.All,
    ];

    private static string Function(string parameters, bool confirm = false)
    {
        string binding = confirm ? "[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]" : "[CmdletBinding()]";
        string guard = confirm ? "if (-not $PSCmdlet.ShouldProcess([string] $TaskName)) { return }" : "";
        string separator = parameters.Length > 0 ? "," : "";
        return $$"""
            {{binding}} param({{parameters}}{{separator}} [object[]] $CimSession, [int] $ThrottleLimit, [switch] $AsJob)
            process {
                try {
                    {{guard}}
                    $answer = [Gangway.Bench.Lab.LabAnswer]::Ask($MyInvocation.MyCommand.Name, $PSBoundParameters)
                } catch { $PSCmdlet.ThrowTerminatingError($_) }
                if ($null -ne $answer.Missing) { throw $answer.Missing }
                $answer.Objects
                if ($null -ne $answer.Error) {
                    if ($answer.Terminating) { $PSCmdlet.ThrowTerminatingError($answer.Error) }
                    $PSCmdlet.WriteError($answer.Error)
                }
            }
            """;
    }
}
