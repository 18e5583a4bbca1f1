namespace Gangway.Bench.Lab;

/// <summary>New-ScheduledTask…: they make objects and ask nobody. Spans become the scheduler's own spelling, `PT1M`.</summary>
internal static class TaskParts
{
    private const string Prelude =
        """
        $span = { param($Value) if ($null -eq $Value) { '' } else { [System.Xml.XmlConvert]::ToString([timespan] $Value) } }
        $time = { param($Value) if ($null -eq $Value) { '' } else { ([datetime] $Value).ToString("yyyy-MM-dd'T'HH:mm:ssK", [cultureinfo]::InvariantCulture) } }
        """;

    private const string Action =
        """
        [CmdletBinding()] param([Parameter(Mandatory, Position = 0)] [string] $Execute, [Parameter(Position = 1)] [string] $Argument,
            [Parameter(Position = 2)] [string] $WorkingDirectory, [string] $Id)
        [pscustomobject] @{
            PSTypeName = 'Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler/MSFT_TaskExecAction'
            Id = $Id; Arguments = $Argument; Execute = $Execute; WorkingDirectory = $WorkingDirectory
        }
        """;

    private const string Trigger =
        $$"""
        [CmdletBinding()] param([switch] $Once, [switch] $Daily, [switch] $AtStartup, [switch] $AtLogOn, [datetime] $At, [string] $User,
            [int] $DaysInterval = 1, [timespan] $RepetitionInterval, [timespan] $RepetitionDuration, [timespan] $RandomDelay)
        {{Prelude}}
        $interval = if ($PSBoundParameters.ContainsKey('RepetitionInterval')) { & $span $RepetitionInterval } else { '' }
        $duration = if ($PSBoundParameters.ContainsKey('RepetitionDuration')) { & $span $RepetitionDuration } else { '' }
        $delay = if ($PSBoundParameters.ContainsKey('RandomDelay')) { & $span $RandomDelay } else { '' }
        $start = if ($PSBoundParameters.ContainsKey('At')) { & $time $At } else { '' }
        $class = if ($AtStartup) { 'MSFT_TaskBootTrigger' } elseif ($AtLogOn) { 'MSFT_TaskLogonTrigger' } elseif ($Daily) { 'MSFT_TaskDailyTrigger' } else { 'MSFT_TaskTimeTrigger' }
        $made = [pscustomobject] @{
            PSTypeName = "Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler/$class"
            Enabled = $true; EndBoundary = ''; ExecutionTimeLimit = ''; Id = ''
            Repetition = [pscustomobject] @{ Duration = $duration; Interval = $interval; StopAtDurationEnd = $false }
            StartBoundary = $start; RandomDelay = $delay
        }
        if ($AtLogOn) { $made.PSObject.Properties.Add([psnoteproperty]::new('UserId', $User)) }
        if ($Daily) { $made.PSObject.Properties.Add([psnoteproperty]::new('DaysInterval', $DaysInterval)) }
        $made
        """;

    private const string Principal =
        """
        [CmdletBinding()] param([Parameter(Position = 0)] [string] $UserId, [string] $GroupId, [string] $Id = 'Author',
            [ValidateSet('None', 'Password', 'S4U', 'Interactive', 'Group', 'ServiceAccount', 'InteractiveOrPassword')] [string] $LogonType = 'None',
            [ValidateSet('Limited', 'Highest')] [string] $RunLevel = 'Limited')
        [pscustomobject] @{
            PSTypeName = 'Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler/MSFT_TaskPrincipal2'
            DisplayName = $null; GroupId = $GroupId; Id = $Id; LogonType = $LogonType; RunLevel = $RunLevel; UserId = $UserId
        }
        """;

    private const string Settings =
        $$"""
        [CmdletBinding()] param([switch] $AllowStartIfOnBatteries, [switch] $DontStopIfGoingOnBatteries, [switch] $StartWhenAvailable, [switch] $Hidden,
            [switch] $Disable, [switch] $WakeToRun, [timespan] $ExecutionTimeLimit = '3.00:00:00', [timespan] $DeleteExpiredTaskAfter,
            [ValidateSet('Parallel', 'Queue', 'IgnoreNew')] [string] $MultipleInstances = 'IgnoreNew', [int] $Priority = 7, [int] $RestartCount,
            [timespan] $RestartInterval, [switch] $DisallowHardTerminate, [switch] $DontStopOnIdleEnd)
        {{Prelude}}
        $delete = if ($PSBoundParameters.ContainsKey('DeleteExpiredTaskAfter')) { & $span $DeleteExpiredTaskAfter } else { '' }
        [pscustomobject] @{
            PSTypeName = 'Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler/MSFT_TaskSettings3'
            AllowHardTerminate = -not $DisallowHardTerminate; DeleteExpiredTaskAfter = $delete; DisallowStartIfOnBatteries = -not $AllowStartIfOnBatteries
            Enabled = -not $Disable; ExecutionTimeLimit = & $span $ExecutionTimeLimit; Hidden = [bool] $Hidden; MultipleInstances = $MultipleInstances
            Priority = $Priority; StartWhenAvailable = [bool] $StartWhenAvailable; StopIfGoingOnBatteries = -not $DontStopIfGoingOnBatteries; WakeToRun = [bool] $WakeToRun
        }
        """;

    public static IEnumerable<(string Name, string Definition)> All =>
    [
        ("New-ScheduledTaskAction", Action),
        ("New-ScheduledTaskTrigger", Trigger),
        ("New-ScheduledTaskPrincipal", Principal),
        ("New-ScheduledTaskSettingsSet", Settings),
    ];
}
