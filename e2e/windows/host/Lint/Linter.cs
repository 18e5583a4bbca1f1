using System.Management.Automation.Language;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gangway.Bench.Lint;

/// <summary>
/// `--lint FILE…`: what the engine's own parser sees in each script, as one JSON array on stdout. It states facts; which of
/// them are allowed is for the reader to say. Ends with 0 also where a file does not parse: that is a fact as well.
/// </summary>
internal static class Linter
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Default,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
    };

    public static int Run(ReadOnlySpan<string> files)
    {
        if (files.Length == 0)
        {
            Console.Error.WriteLine("--lint wants files.");
            return ExitCodes.Failed;
        }
        var facts = new List<ScriptFacts>();
        foreach (string file in files) facts.Add(Read(file));
        Console.Out.WriteLine(JsonSerializer.Serialize(facts, Options));
        return ExitCodes.Success;
    }

    private static ScriptFacts Read(string file)
    {
        string text = File.ReadAllText(file);
        ScriptBlockAst tree = Parser.ParseInput(text, file, out Token[] tokens, out ParseError[] errors);
        var visitor = new FactVisitor();
        tree.Visit(visitor);
        return new ScriptFacts
        {
            File = file,
            Errors = [.. errors.Select(error => new ErrorFact(error.Extent.StartLineNumber, error.ErrorId, error.Message, error.IncompleteInput))],
            Commands = visitor.Commands,
            Newer = [.. visitor.Newer.Concat(NewerTokens.In(tokens)).OrderBy(fact => fact.Line)],
            Members = visitor.Members,
            Types = visitor.Types,
            Variables = visitor.Variables,
            Strings = visitor.Strings,
            Functions = visitor.Functions,
            Comments = [.. tokens.Where(token => token.Kind == TokenKind.Comment).Select(token => new TextFact(token.Extent.StartLineNumber, token.Text))],
            BlankLines = [.. BlankLines(text)],
            NonAscii = [.. NonAscii(text)],
            StrictMode = visitor.Commands.Where(command => command.Name?.Equals("Set-StrictMode", StringComparison.OrdinalIgnoreCase) == true)
                .Select(command => new TextFact(command.Line, command.Text)).FirstOrDefault(),
            FirstStatement = tree.EndBlock?.Statements.FirstOrDefault() is { } first ? new TextFact(first.Extent.StartLineNumber, first.Extent.Text) : null,
        };
    }

    private static IEnumerable<int> BlankLines(string text)
    {
        string[] lines = text.Split('\n');
        // What follows the last line's end is no line.
        int count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        for (int i = 0; i < count; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) yield return i + 1;
        }
    }

    private static IEnumerable<int> NonAscii(string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Any(letter => letter > '~' || (letter < ' ' && letter is not ('\t' or '\r')))) yield return i + 1;
        }
    }
}
