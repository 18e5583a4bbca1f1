using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// ConvertTo-Json with the manners of Windows PowerShell 5.1: depth 2 and silence below it, dates as `/Date(…)/`, `'`, `&lt;`,
/// `&gt;` and `&amp;` escaped, other letters not; a list that came wrapped out of a pipeline becomes {"value", "Count"}.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> _inputs = [];
    private readonly StringBuilder _json = new();

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(1, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    protected override void ProcessRecord() => _inputs.Add(InputObject);

    protected override void EndProcessing()
    {
        if (_inputs.Count == 0) return;
        Append(_inputs.Count == 1 ? _inputs[0] : _inputs.ToArray(), 0);
        WriteObject(_json.ToString());
    }

    private void Append(object? value, int level)
    {
        object? plain = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null or DBNull:
                _json.Append("null");
                break;
            case string or char or Guid or Uri or Version or TimeZoneInfo:
                Quote(plain.ToString() ?? "");
                break;
            case bool or SwitchParameter:
                _json.Append(LanguagePrimitives.IsTrue(plain) ? "true" : "false");
                break;
            case Enum number:
                _json.Append(number.ToString("d"));
                break;
            case DateTime date:
                _json.Append(CultureInfo.InvariantCulture, $"\"\\/Date({new DateTimeOffset(date.ToUniversalTime()).ToUnixTimeMilliseconds()})\\/\"");
                break;
            case double or float:
                _json.Append(((IFormattable)plain).ToString("r", CultureInfo.InvariantCulture));
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or decimal:
                _json.Append(((IFormattable)plain).ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                AppendCompound(value, plain, level);
                break;
        }
    }

    private void AppendCompound(object? value, object plain, int level)
    {
        if (level > Depth)
        {
            Quote(LanguagePrimitives.ConvertTo<string>(value) ?? "");
            return;
        }
        switch (plain)
        {
            case IDictionary members:
                AppendMembers(members.Keys.Cast<object>().Select(key => (key.ToString() ?? "", members[key])), level);
                break;
            case IList list when value is PSObject:
                AppendMembers([("value", list.Cast<object?>().ToArray()), ("Count", list.Count)], level);
                break;
            case IEnumerable elements:
                AppendElements(elements, level);
                break;
            default:
                PSObject custom = PSObject.AsPSObject(value ?? plain);
                AppendMembers(custom.Properties.Where(Readable).Select(property => (property.Name, Get(property))), level);
                break;
        }
    }

    private static bool Readable(PSPropertyInfo property) => property.IsGettable && property.MemberType != PSMemberTypes.ScriptProperty;

    private static object? Get(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            // 5.1 leaves the value out and says nothing.
            return null;
        }
    }

    private void AppendMembers(IEnumerable<(string Name, object? Value)> members, int level)
    {
        string separator = "";
        _json.Append('{');
        foreach ((string name, object? value) in members)
        {
            _json.Append(separator);
            NewLine(level + 1);
            Quote(name);
            _json.Append(Compress ? ":" : ":  ");
            Append(value, level + 1);
            separator = ",";
        }
        if (separator.Length > 0) NewLine(level);
        _json.Append('}');
    }

    private void AppendElements(IEnumerable elements, int level)
    {
        string separator = "";
        _json.Append('[');
        foreach (object? element in elements)
        {
            _json.Append(separator);
            NewLine(level + 1);
            Append(element, level + 1);
            separator = ",";
        }
        if (separator.Length > 0) NewLine(level);
        _json.Append(']');
    }

    private void NewLine(int level)
    {
        if (!Compress) _json.Append("\r\n").Append(' ', level * 4);
    }

    private void Quote(string text)
    {
        _json.Append('"');
        foreach (char letter in text)
        {
            _ = letter switch
            {
                '"' or '\\' => _json.Append('\\').Append(letter),
                '\b' => _json.Append("\\b"),
                '\f' => _json.Append("\\f"),
                '\n' => _json.Append("\\n"),
                '\r' => _json.Append("\\r"),
                '\t' => _json.Append("\\t"),
                < ' ' or '\'' or '<' or '>' or '&' or '\u0085' or '\u2028' or '\u2029' =>
                    _json.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => _json.Append(letter),
            };
        }
        _json.Append('"');
    }
}
