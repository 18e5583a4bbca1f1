using System.Globalization;

namespace Gangway.Bench.Shell;

/// <summary>
/// GANGWAY_BENCH_FAULT, `kind` or `kind:number`, makes a session misbehave, so that its user can be tested:
/// `slowstart:ms` waits before anything (5000); at the n-th block (1) `hang` never goes on, `die` ends with code 3,
/// `babble` floods stdout for ever, `chatter` writes a few lines around this and every later block and answers all the
/// same. GANGWAY_BENCH_FAULT_ONCE names a file: the fault strikes only the process that could create it.
/// </summary>
internal sealed class Fault(string kind, int number)
{
    private int _blocks;

    public static Fault FromEnvironment()
    {
        string[] parts = (Environment.GetEnvironmentVariable("GANGWAY_BENCH_FAULT") ?? "").Split(':', 2);
        if (parts[0].Length == 0 || !MayStrike()) return new Fault("", 0);
        int standard = parts[0] == "slowstart" ? 5000 : 1;
        return new Fault(parts[0], parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : standard);
    }

    public void AtStart()
    {
        if (kind == "slowstart") Thread.Sleep(number);
    }

    public void BeforeBlock()
    {
        _blocks++;
        if (_blocks < number) return;
        switch (kind)
        {
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "die":
                Environment.Exit(3);
                break;
            case "babble":
                while (true) Console.Out.WriteLine("babble babble babble babble babble babble babble babble");
            case "chatter":
                Console.Out.WriteLine("GANGWAY chatter {\"ok\":true}");
                break;
            default:
                break;
        }
    }

    public void AfterBlock()
    {
        if (kind == "chatter" && _blocks >= number) Console.Out.WriteLine("more chatter");
    }

    private static bool MayStrike()
    {
        string? once = Environment.GetEnvironmentVariable("GANGWAY_BENCH_FAULT_ONCE");
        if (once is null) return true;
        try
        {
            using FileStream made = new(once, FileMode.CreateNew);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
