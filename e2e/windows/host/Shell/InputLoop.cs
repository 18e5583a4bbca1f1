using System.Text;

namespace Gangway.Bench.Shell;

/// <summary>
/// `-Command -`: a line that is whole runs at once; one that is not is collected with those after it until a blank line,
/// and further while the text is still not whole. What is incomplete at the end of the input never runs.
/// </summary>
internal sealed class InputLoop(TextReader input, Executor executor, Fault fault)
{
    public void Run()
    {
        StringBuilder? block = null;
        while (!executor.Ended && input.ReadLine() is { } line)
        {
            bool blank = string.IsNullOrWhiteSpace(line);
            if (block is null)
            {
                if (!blank && !executor.TryRun(line)) block = new StringBuilder(line);
            }
            else if (!blank)
            {
                block.Append('\n').Append(line);
            }
            else
            {
                fault.BeforeBlock();
                if (executor.TryRun(block.ToString())) block = null;
                fault.AfterBlock();
            }
        }
    }
}
