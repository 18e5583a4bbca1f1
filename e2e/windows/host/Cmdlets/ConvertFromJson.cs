using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Gangway.Bench;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// ConvertFrom-Json with the manners of Windows PowerShell 5.1: an array comes out as one object, strings stay strings
/// except `/Date(…)/`, names that differ only in case or are empty are refused.
/// </summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed partial class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    protected override void ProcessRecord() => _lines.Add(InputObject);

    protected override void EndProcessing()
    {
        try
        {
            if (_lines.Count > 0) WriteObject(Made(JsonReader.Read(string.Join(Environment.NewLine, _lines))), enumerateCollection: false);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            ThrowTerminatingError(new ErrorRecord(error, error is ArgumentException ? "System.ArgumentException" : "DuplicateKeysInJsonString", ErrorCategory.NotSpecified, null));
        }
    }

    private static object? Made(object? read) => read switch
    {
        JsonObject members => MadeObject(members),
        object?[] elements => Array.ConvertAll(elements, Made),
        string text when DateText().Match(text) is { Success: true } date =>
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(date.Groups[1].Value, CultureInfo.InvariantCulture)).UtcDateTime,
        _ => read,
    };

    private static PSObject MadeObject(JsonObject members)
    {
        var made = new PSObject();
        foreach ((string name, object? value) in members)
        {
            if (name.Length == 0)
                throw new InvalidOperationException("Cannot process argument because the value of argument \"name\" is not valid.");
            if (made.Properties[name] is not null)
                throw new InvalidOperationException($"Cannot convert the JSON string because a dictionary that was converted from the string contains the duplicated keys '{made.Properties[name].Name}' and '{name}'.");
            made.Properties.Add(new PSNoteProperty(name, Made(value)));
        }
        return made;
    }

    [GeneratedRegex(@"^/Date\((-?\d{1,15})\)/$")]
    private static partial Regex DateText();
}
