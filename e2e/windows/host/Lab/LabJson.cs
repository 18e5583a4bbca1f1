using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace Gangway.Bench.Lab;

/// <summary>What goes to the lab: ASCII JSON of bound parameters. Dates are {"$date"}, spans {"$timespan"}.</summary>
internal static class LabJson
{
    public static string Write(object? value)
    {
        var json = new StringBuilder();
        Append(json, value);
        return json.ToString();
    }

    private static void Append(StringBuilder json, object? value)
    {
        object? plain = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null:
                json.Append("null");
                break;
            case SwitchParameter flag:
                json.Append(flag.IsPresent ? "true" : "false");
                break;
            case bool flag:
                json.Append(flag ? "true" : "false");
                break;
            case string text:
                Quote(json, text);
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or decimal or double or float:
                json.Append(((IFormattable)plain).ToString(null, CultureInfo.InvariantCulture));
                break;
            case DateTime date:
                Append(json, new Dictionary<string, object?> { ["$date"] = date.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture) });
                break;
            case TimeSpan span:
                Append(json, new Dictionary<string, object?> { ["$timespan"] = span.ToString("c", CultureInfo.InvariantCulture) });
                break;
            case IDictionary members:
                AppendMembers(json, members.Keys.Cast<object>().Select(key => (key.ToString() ?? "", members[key])));
                break;
            case PSObject custom:
                AppendCustom(json, custom);
                break;
            case IEnumerable elements:
                AppendElements(json, elements);
                break;
            default:
                Quote(json, plain.ToString() ?? "");
                break;
        }
    }

    /// <summary>An object of Windows goes back in the form in which it came.</summary>
    private static void AppendCustom(StringBuilder json, PSObject custom)
    {
        Dictionary<string, object?> members = custom.Properties.ToDictionary(property => property.Name, property => (object?)property.Value);
        Append(json, new Dictionary<string, object?> { ["$type"] = custom.TypeNames.FirstOrDefault(), ["props"] = members });
    }

    private static void AppendMembers(StringBuilder json, IEnumerable<(string Name, object? Value)> members)
    {
        string separator = "";
        json.Append('{');
        foreach ((string name, object? value) in members)
        {
            json.Append(separator);
            Quote(json, name);
            json.Append(':');
            Append(json, value);
            separator = ",";
        }
        json.Append('}');
    }

    private static void AppendElements(StringBuilder json, IEnumerable elements)
    {
        string separator = "";
        json.Append('[');
        foreach (object? element in elements)
        {
            json.Append(separator);
            Append(json, element);
            separator = ",";
        }
        json.Append(']');
    }

    private static void Quote(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (char letter in text)
        {
            if (letter is '"' or '\\') json.Append('\\').Append(letter);
            else if (letter is >= ' ' and <= '~') json.Append(letter);
            else json.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        }
        json.Append('"');
    }
}
