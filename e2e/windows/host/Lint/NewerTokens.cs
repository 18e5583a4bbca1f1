using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Gangway.Bench.Lint;

/// <summary>Syntax newer than Windows PowerShell 5.1 that leaves no trace in the tree, only in the tokens.</summary>
internal static partial class NewerTokens
{
    public static IEnumerable<NewerFact> In(Token[] tokens)
    {
        TokenKind before = TokenKind.NewLine;
        foreach (Token token in tokens)
        {
            string? kind = token switch
            {
                { Kind: TokenKind.Pipe } when before == TokenKind.NewLine => "leadingPipe",
                NumberToken when NewerNumber().IsMatch(token.Text) => "numberLiteral",
                StringExpandableToken or StringLiteralToken when token.Text.StartsWith('"') || token.Text.StartsWith("@\"", StringComparison.Ordinal)
                    => NewerEscape().IsMatch(token.Text) ? "escape" : null,
                _ => null,
            };
            if (kind is not null) yield return new NewerFact(token.Extent.StartLineNumber, kind, token.Text);
            if (token.Kind != TokenKind.Comment) before = token.Kind;
        }
    }

    /// <summary>`0b…`, and suffixes other than `l`, `d` and those of sizes.</summary>
    [GeneratedRegex("^[+-]?0b|^[+-]?(0x[0-9a-f]+|[0-9.]+(e[+-]?[0-9]+)?)(u[lys]?|y|s|n)([kmgtp]b)?$", RegexOptions.IgnoreCase)]
    private static partial Regex NewerNumber();

    /// <summary>`e and `u{…}, in a double-quoted string.</summary>
    [GeneratedRegex(@"(?<!`)(?:``)*`(?:e|u\{)", RegexOptions.None)]
    private static partial Regex NewerEscape();
}
