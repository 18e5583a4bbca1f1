namespace Gangway.Bench;

/// <summary>Exit codes of Windows PowerShell.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failed = 1;

    /// <summary>0xFFFD0000: what Windows PowerShell ends with when its command line is wrong.</summary>
    public const int BadCommandLine = unchecked((int)0xFFFD0000);

    /// <summary>Where only the low byte survives, as on Linux, no failure may look like success: 64 stands for it.</summary>
    public static int ForSystem(int code) =>
        OperatingSystem.IsWindows() || code == 0 || (code & 0xFF) != 0 ? code : 64;
}
