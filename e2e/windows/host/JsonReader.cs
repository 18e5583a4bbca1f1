using System.Globalization;
using System.Text;

namespace Gangway.Bench;

/// <summary>A property list that keeps its order, as JSON objects are read.</summary>
internal sealed class JsonObject : List<KeyValuePair<string, object?>>
{
    public object? this[string name] => Find(pair => pair.Key == name).Value;

    public string? Text(string name) => this[name] as string;
}

/// <summary>
/// Reads JSON into JsonObject, object?[], string, bool, int, long, decimal, double and null: the numbers' types are those
/// that Windows PowerShell 5.1 chooses. Lone surrogates stay as they are, which is why this is no ready-made reader.
/// </summary>
internal sealed class JsonReader(string text)
{
    private const int Deepest = 1024;
    private int _at;
    private int _depth;

    /// <exception cref="ArgumentException">The text is no JSON; the message is of the kind that 5.1 gives.</exception>
    public static object? Read(string text)
    {
        var reader = new JsonReader(text);
        object? value = reader.Value();
        reader.Space();
        return reader._at == text.Length ? value : throw reader.Wrong();
    }

    private object? Value()
    {
        Space();
        if (_at == text.Length) throw Wrong();
        switch (text[_at])
        {
            case '{':
                return Nested(Members);
            case '[':
                return Nested(Elements);
            case '"':
                return String();
            case 't':
                return Word("true", true);
            case 'f':
                return Word("false", false);
            case 'n':
                return Word("null", null);
            default:
                return Number();
        }
    }

    private object Nested(Func<object> read)
    {
        if (++_depth > Deepest) throw new ArgumentException("RecursionLimit exceeded.");
        _at++;
        object value = read();
        _depth--;
        return value;
    }

    private JsonObject Members()
    {
        var members = new JsonObject();
        if (Next('}')) return members;
        do
        {
            Space();
            if (_at == text.Length || text[_at] != '"') throw Wrong();
            string name = String();
            if (!Next(':')) throw Wrong();
            members.Add(new(name, Value()));
        }
        while (Next(','));
        return Next('}') ? members : throw Wrong();
    }

    private object?[] Elements()
    {
        var elements = new List<object?>();
        if (Next(']')) return [];
        do elements.Add(Value());
        while (Next(','));
        return Next(']') ? elements.ToArray() : throw Wrong();
    }

    private string String()
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            char letter = text[_at];
            if (letter == '"')
            {
                _at++;
                return value.ToString();
            }
            value.Append(letter == '\\' ? Escaped() : letter);
        }
        throw new ArgumentException($"Unterminated string passed in. ({_at}): {text}");
    }

    private char Escaped()
    {
        if (++_at == text.Length) throw Wrong();
        switch (text[_at])
        {
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case '"' or '\\' or '/' or '\'': return text[_at];
            case 'u' when _at + 4 < text.Length && ushort.TryParse(
                text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                _at += 4;
                return (char)code;
            default: throw new ArgumentException($"Unrecognized escape sequence. ({_at}): {text}");
        }
    }

    private object Number()
    {
        int from = _at;
        while (_at < text.Length && text[_at] is (>= '0' and <= '9') or '-' or '+' or '.' or 'e' or 'E') _at++;
        string number = text[from.._at];
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (int.TryParse(number, NumberStyles.AllowLeadingSign, culture, out int small)) return small;
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, culture, out long large)) return large;
        bool plain = !number.Contains('e', StringComparison.OrdinalIgnoreCase);
        if (plain && decimal.TryParse(number, NumberStyles.Number, culture, out decimal exact)) return exact;
        if (double.TryParse(number, NumberStyles.Float, culture, out double any)) return any;
        throw Wrong();
    }

    private object? Word(string word, object? value)
    {
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0) throw Wrong();
        _at += word.Length;
        return value;
    }

    private bool Next(char letter)
    {
        Space();
        if (_at == text.Length || text[_at] != letter) return false;
        _at++;
        return true;
    }

    private void Space()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n') _at++;
    }

    private ArgumentException Wrong() =>
        new($"Invalid JSON primitive: {text[Math.Min(_at, text.Length)..Math.Min(_at + 20, text.Length)]}.");
}
