namespace Gangway.Bench.Lint;

/// <summary>What the parser saw in one file. Lines count from 1.</summary>
internal sealed record ScriptFacts
{
    public required string File { get; init; }
    public required IReadOnlyList<ErrorFact> Errors { get; init; }

    /// <summary>Every command, also those inside of blocks and strings.</summary>
    public required IReadOnlyList<CommandFact> Commands { get; init; }

    /// <summary>Syntax that Windows PowerShell 5.1 does not have.</summary>
    public required IReadOnlyList<NewerFact> Newer { get; init; }

    /// <summary>Methods called.</summary>
    public required IReadOnlyList<MemberFact> Members { get; init; }

    /// <summary>Type names, of casts and of static members.</summary>
    public required IReadOnlyList<TypeFact> Types { get; init; }

    /// <summary>Variables, also those inside of strings; `@name` where one is splatted.</summary>
    public required IReadOnlyList<VariableFact> Variables { get; init; }
    public required IReadOnlyList<StringFact> Strings { get; init; }
    public required IReadOnlyList<TextFact> Functions { get; init; }
    public required IReadOnlyList<TextFact> Comments { get; init; }
    public required IReadOnlyList<int> BlankLines { get; init; }

    /// <summary>Lines with a letter that is not printable ASCII.</summary>
    public required IReadOnlyList<int> NonAscii { get; init; }

    /// <summary>The first call of Set-StrictMode, or null.</summary>
    public required TextFact? StrictMode { get; init; }

    /// <summary>The first statement after `param`, or null.</summary>
    public required TextFact? FirstStatement { get; init; }
}

internal sealed record ErrorFact(int Line, string Id, string Message, bool Incomplete);

/// <summary>
/// Name is null where it is computed (`&amp; $path`); Operator is none, call (`&amp;`) or dot (`.`). Head is what stands where
/// the name does, in the parser's word: stringConstantExpression, expandableStringExpression, variableExpression …
/// </summary>
internal sealed record CommandFact(int Line, string? Name, string Operator, IReadOnlyList<ParameterFact> Parameters, string Text, string Head);

/// <summary>Value is the argument's text, or null for a switch.</summary>
internal sealed record ParameterFact(string Name, string? Value);

internal sealed record NewerFact(int Line, string Kind, string Text);

internal sealed record MemberFact(int Line, bool Static, string Target, string Member, string Text);

/// <summary>Kind is the parser's: bareWord, singleQuoted, singleQuotedHereString, doubleQuoted, doubleQuotedHereString.</summary>
internal sealed record StringFact(int Line, string Kind, bool Expandable, string Value);

/// <summary>Use is cast, parameter, catch, static, test (`-is`, `-as`) or attribute, else other.</summary>
internal sealed record TypeFact(int Line, string Text, string Use);

/// <summary>Name as it is written, with its drive (`env:PATH`); Assigned where the variable itself is written to.</summary>
internal sealed record VariableFact(int Line, string Name, bool Assigned);

internal sealed record TextFact(int Line, string Text);
