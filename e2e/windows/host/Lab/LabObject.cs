using System.Diagnostics.Eventing.Reader;
using System.Globalization;
using System.Management.Automation;

namespace Gangway.Bench.Lab;

/// <summary>Makes PowerShell objects of what the lab sends.</summary>
internal static class LabObject
{
    private const string CustomObject = "System.Management.Automation.PSCustomObject";
    private const string CimInstance = "Microsoft.Management.Infrastructure.CimInstance";

    public static object? From(object? value) => value switch
    {
        JsonObject wrapped when wrapped.Text("$date") is { } date => Date(date),
        JsonObject record when record.Text("$type") == "System.Diagnostics.Eventing.Reader.EventLogRecord" => Event(Members(record)),
        JsonObject typed => Custom(typed),
        // A CIM array of strings is a string[] and no object[].
        object?[] list when list.Length > 0 && list.All(element => element is string) => list.Cast<string>().ToArray(),
        object?[] list => Array.ConvertAll(list, From),
        _ => value,
    };

    private static PSObject Custom(JsonObject typed)
    {
        var made = new PSObject();
        if (typed.Text("$type") is { } type && type != CustomObject) SetTypeNames(made, type);
        foreach ((string name, object? value) in Members(typed)) made.Properties.Add(new PSNoteProperty(name, From(value)));
        return made;
    }

    /// <summary>An instance of Windows is no custom object, and a script that takes it for one fails there.</summary>
    private static void SetTypeNames(PSObject made, string type)
    {
        made.TypeNames.Clear();
        made.TypeNames.Add(type);
        if (type.StartsWith($"{CimInstance}#", StringComparison.Ordinal)) made.TypeNames.Add(CimInstance);
        made.TypeNames.Add("System.Object");
    }

    private static JsonObject Members(JsonObject typed) => typed["props"] as JsonObject ?? typed;

    private static PSObject Event(JsonObject members)
    {
        var record = new EventLogRecord(members.Text("xml") ?? "")
        {
            Id = members["Id"] as int? ?? 0,
            RecordId = members["RecordId"] is int or long ? Convert.ToInt64(members["RecordId"], CultureInfo.InvariantCulture) : null,
            TimeCreated = From(members["TimeCreated"]) as DateTime?,
            LogName = members.Text("LogName"),
            ProviderName = members.Text("ProviderName"),
        };
        var made = new PSObject(record);
        // Get-WinEvent adds this one itself.
        if (members.Text("Message") is { } message) made.Properties.Add(new PSNoteProperty("Message", message));
        return made;
    }

    private static DateTime Date(string iso) =>
        DateTime.Parse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal).ToLocalTime();
}
