using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Makes an instance of a .NET type; in Constrained Language Mode of the types allowed there only.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    public object[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void BeginProcessing()
    {
        bool custom = TypeName.ToUpperInvariant() is "PSOBJECT" or "PSCUSTOMOBJECT" or "SYSTEM.MANAGEMENT.AUTOMATION.PSOBJECT";
        PSObject made = custom ? new PSObject() : PSObject.AsPSObject(Construct());
        if (Property is not null)
        {
            foreach (DictionaryEntry entry in Property) Set(made, custom, entry.Key.ToString() ?? "", entry.Value);
        }
        WriteObject(made);
    }

    private object Construct()
    {
        if (!LanguagePrimitives.TryConvertTo(TypeName, CultureInfo.InvariantCulture, out Type type))
        {
            Fail(new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."), "TypeNotFound", ErrorCategory.InvalidType);
        }
        if (SessionState.LanguageMode == PSLanguageMode.ConstrainedLanguage && !AllowedWhenConstrained.Contains(type))
        {
            Fail(new PSNotSupportedException("Cannot create type. Only core types are supported in this language mode."), "CannotCreateTypeConstrainedLanguage", ErrorCategory.PermissionDenied);
        }
        object?[] plain = Array.ConvertAll(ArgumentList, argument => argument is PSObject wrapped ? wrapped.BaseObject : argument);
        try
        {
            return Activator.CreateInstance(type, plain) ?? throw new MissingMethodException(TypeName);
        }
        catch (Exception error) when (error is MissingMethodException or System.Reflection.TargetInvocationException)
        {
            Fail(error.InnerException ?? error, "ConstructorInvokedThrowException,Microsoft.PowerShell.Commands.NewObjectCommand", ErrorCategory.InvalidOperation);
            throw;
        }
    }

    private static void Set(PSObject made, bool custom, string name, object? value)
    {
        if (custom) made.Properties.Add(new PSNoteProperty(name, value));
        else made.Properties[name].Value = value;
    }

    private void Fail(Exception exception, string id, ErrorCategory category) =>
        ThrowTerminatingError(new ErrorRecord(exception, id, category, null));

    /// <summary>Of the core types, those that the language names by a keyword of its own.</summary>
    private static readonly HashSet<Type> AllowedWhenConstrained =
    [
        typeof(string), typeof(char), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(DateTime),
        typeof(TimeSpan), typeof(Guid), typeof(Version), typeof(Uri), typeof(Hashtable), typeof(PSObject), typeof(ArrayList),
    ];
}

[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private int _seen;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[]? Property { get; set; }

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public int First { get; set; } = int.MaxValue;

    protected override void ProcessRecord()
    {
        if (InputObject is null || _seen++ >= First) return;
        if (ExpandProperty is not null) WriteObject(InputObject.Properties[ExpandProperty]?.Value, enumerateCollection: true);
        else WriteObject(Property is null ? InputObject : Chosen(InputObject, Property));
    }

    private static PSObject Chosen(PSObject from, string[] names)
    {
        var chosen = new PSObject();
        foreach (string name in names) chosen.Properties.Add(new PSNoteProperty(name, from.Properties[name]?.Value));
        return chosen;
    }
}

[Cmdlet(VerbsCommon.Get, "Date")]
public sealed class GetDateCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public DateTime Date { get; set; } = DateTime.Now;

    [Parameter]
    public string? Format { get; set; }

    protected override void ProcessRecord() =>
        WriteObject(Format is null ? Date : Date.ToString(Format, CultureInfo.CurrentCulture));
}

[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
public sealed class StartSleepCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Seconds")]
    public int Seconds { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds")]
    public int Milliseconds { get; set; }

    protected override void ProcessRecord() => Thread.Sleep(Seconds > 0 ? Seconds * 1000 : Milliseconds);
}
