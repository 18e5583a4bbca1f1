using System.Text;

namespace Gangway.Bench.Shell;

internal enum StartKind { Session, Text, File, Help, Bad }

/// <summary>What one start of powershell.exe is asked to do.</summary>
internal sealed record Start(StartKind Kind)
{
    public string Text { get; init; } = "";
    public IReadOnlyList<string> Arguments { get; init; } = [];
    public bool NoExit { get; init; }
    public bool NonInteractive { get; init; }
    public bool Encoded { get; init; }
    public bool XmlErrors { get; init; }
    public string? ExecutionPolicy { get; init; }
}

/// <summary>
/// Reads the options of Windows PowerShell 5.1: any prefix will do, `-` or `/` before it, and the first word that is no
/// option begins the text of -Command, as it does there.
/// </summary>
internal static class CommandLine
{
    private static readonly (string Name, int Shortest)[] Switches =
    [
        ("nologo", 3), ("noprofile", 3), ("noninteractive", 4), ("noexit", 3), ("sta", 3), ("mta", 3), ("help", 1),
    ];

    private static readonly (string Name, int Shortest)[] Values =
    [
        ("executionpolicy", 2), ("windowstyle", 1), ("inputformat", 3), ("outputformat", 1), ("version", 1),
        ("psconsolefile", 1), ("configurationname", 2),
    ];

    public static Start Parse(string[] args)
    {
        var start = new Start(StartKind.Session);
        bool outputFormatGiven = false;
        for (int i = 0; i < args.Length; i++)
        {
            string word = args[i].Trim();
            string name = word.TrimStart('-', '/').ToLowerInvariant();
            if (word.Length == 0 || word[0] is not ('-' or '/') || word == "-") return Command(start, args, i);
            if (word is "-?" or "/?") return start with { Kind = StartKind.Help };
            if (Match(Switches, name) is { } found)
            {
                if (found == "help") return start with { Kind = StartKind.Help };
                start = start with
                {
                    NoExit = start.NoExit || found == "noexit",
                    NonInteractive = start.NonInteractive || found == "noninteractive",
                };
                continue;
            }
            if (Matches(name, "command", 1)) return Command(start, args, i + 1);
            if (Matches(name, "file", 1)) return File(start, args, i + 1);
            if (Matches(name, "encodedcommand", 1) || name == "ec")
            {
                // Errors go to a reader that is presumed to be PowerShell as well, unless text was asked for.
                start = Encoded(start, args, i + 1) with { XmlErrors = !outputFormatGiven };
                if (start.Kind == StartKind.Bad) return start;
                i++;
                continue;
            }
            string? option = name == "ep" ? "executionpolicy" : Match(Values, name);
            if (option is null) return start.Encoded ? Bad("Cannot process the command: both a text and an encoded text.") : Command(start, args, i);
            if (++i == args.Length) return Bad($"The parameter -{option} has no value.");
            outputFormatGiven |= option == "outputformat";
            if (CheckValue(option, args[i]) is { } wrong) return Bad(wrong);
            if (option == "executionpolicy") start = start with { ExecutionPolicy = args[i] };
        }
        return start with { XmlErrors = start.XmlErrors && !outputFormatGiven };
    }

    private static string? Match((string Name, int Shortest)[] options, string name) =>
        options.FirstOrDefault(option => Matches(name, option.Name, option.Shortest)).Name;

    private static bool Matches(string name, string option, int shortest) =>
        name.Length >= shortest && option.StartsWith(name, StringComparison.Ordinal);

    private static Start Command(Start start, string[] args, int from)
    {
        if (from >= args.Length) return Bad("Cannot process the command because of a missing parameter. A command must follow -Command.");
        if (args[from] == "-")
        {
            return from + 1 == args.Length
                ? start with { Kind = StartKind.Session }
                : Bad("'-' was specified with the -Command parameter; no other arguments to -Command are permitted.");
        }
        return start with { Kind = StartKind.Text, Text = string.Join(' ', args[from..]) };
    }

    private static Start Encoded(Start start, string[] args, int at)
    {
        if (at >= args.Length) return Bad("Cannot process the command because of a missing parameter. A command must follow -EncodedCommand.");
        try
        {
            string text = Encoding.Unicode.GetString(Convert.FromBase64String(args[at]));
            return start with { Kind = StartKind.Text, Text = text, Encoded = true };
        }
        catch (FormatException)
        {
            return Bad("Cannot process the command because the value specified with -EncodedCommand is not properly encoded. The value must be Base64 encoded.");
        }
    }

    private static Start File(Start start, string[] args, int at)
    {
        if (at >= args.Length) return Bad("Cannot process the command because of a missing parameter. A file path must follow -File.");
        string path = args[at];
        if (!path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            return Bad($"Processing -File '{path}' failed because the file does not have a '.ps1' extension. Specify a valid PowerShell script file name, and then try again.");
        if (!System.IO.File.Exists(path))
            return Bad($"The argument '{path}' to the -File parameter does not exist. Provide the path to an existing '.ps1' file as an argument to the -File parameter.");
        return start with { Kind = StartKind.File, Text = Path.GetFullPath(path), Arguments = args[(at + 1)..] };
    }

    private static string? CheckValue(string option, string value)
    {
        string[]? allowed = option switch
        {
            "executionpolicy" => ["Restricted", "AllSigned", "RemoteSigned", "Unrestricted", "Bypass", "Undefined", "Default"],
            "windowstyle" => ["Normal", "Hidden", "Minimized", "Maximized"],
            "inputformat" or "outputformat" => ["Text", "XML"],
            _ => null,
        };
        return allowed is null || allowed.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"Cannot process the command because of an invalid value for -{option}: \"{value}\". Valid values are: {string.Join(", ", allowed)}.";
    }

    private static Start Bad(string message) => new(StartKind.Bad) { Text = message };
}
