using System.Globalization;
using System.Management.Automation;

namespace Gangway.Bench.Lab;

/// <summary>What the lab said to one cmdlet: objects, or one error. Public because the simulated functions read it.</summary>
public sealed class LabAnswer
{
    /// <summary>In the order of the answer.</summary>
    public IReadOnlyList<object?> Objects { get; private init; } = [];

    /// <summary>As the cmdlet would write it, or null.</summary>
    public ErrorRecord? Error { get; private init; }

    /// <summary>Whether the error ends the cmdlet.</summary>
    public bool Terminating { get; private init; }

    /// <summary>Set where the machine has no such cmdlet.</summary>
    public Exception? Missing { get; private init; }

    /// <summary>Asks the lab to do what a cmdlet does.</summary>
    /// <param name="cmdlet">Verb-Noun.</param>
    /// <param name="parameters">As bound; the common ones stay here.</param>
    public static LabAnswer Ask(string cmdlet, IDictionary<string, object> parameters)
    {
        Dictionary<string, object?> sent = parameters
            .Where(pair => !Cmdlet.CommonParameters.Contains(pair.Key) && !Cmdlet.OptionalCommonParameters.Contains(pair.Key))
            .ToDictionary(pair => pair.Key, pair => (object?)pair.Value);
        JsonObject answer = LabClient.Post(
            $"/cmdlet/{cmdlet}",
            new Dictionary<string, object?> { ["elevated"] = LabClient.Elevated, ["parameters"] = sent });
        if (answer["error"] is JsonObject error) return Failed(cmdlet, error);
        if (answer["objects"] is not object?[] objects)
            throw new InvalidOperationException($"The lab's answer to {cmdlet} has neither objects nor an error.");
        return new LabAnswer { Objects = [.. objects.Select(LabObject.From)] };
    }

    private static LabAnswer Failed(string cmdlet, JsonObject error)
    {
        string message = error.Text("message") ?? "";
        string hresult = error.Text("hresult") ?? "";
        string id = error.Text("id") ?? (hresult.Length > 0 ? $"HRESULT {hresult}" : "LabError");
        if (id == "CommandNotFoundException")
            return new LabAnswer { Missing = new CommandNotFoundException(message) { CommandName = cmdlet } };
        // The lab may give the whole id as it is read, `id,command`; the engine adds the command by itself.
        string bare = id.Split(',')[0];
        ErrorCategory category = Enum.TryParse(error.Text("category"), out ErrorCategory known) ? known : ErrorCategory.NotSpecified;
        return new LabAnswer
        {
            Error = new ErrorRecord(ExceptionFor(cmdlet, message, hresult, bare), bare, category, null),
            Terminating = error["terminating"] is true,
        };
    }

    /// <summary>
    /// A CIM error, as nearly all of these cmdlets give: its HResult is that of any exception, and the HRESULT stands in
    /// MessageId and in the record's id. Cmdlets that are compiled throw .NET exceptions, whose HResult tells their kind.
    /// </summary>
    private static Exception ExceptionFor(string cmdlet, string message, string hresult, string id)
    {
        bool compiled = cmdlet is "Get-WinEvent" or "Get-ItemProperty" or "Get-Service";
        if (!compiled) return new Microsoft.Management.Infrastructure.CimException(message, id);
        int code = Number(hresult) ?? 0;
        Exception exception = (uint)code switch
        {
            0x80070005 => new UnauthorizedAccessException(message),
            0x80070057 => new PSArgumentException(message),
            0x80131501 when cmdlet == "Get-ItemProperty" => new ItemNotFoundException(message),
            0x80131509 => new InvalidOperationException(message),
            0x8013150a => new System.Security.SecurityException(message),
#pragma warning disable CA2201 // Get-WinEvent throws a bare one as well.
            _ => new Exception(message),
#pragma warning restore CA2201
        };
        if (code != 0) exception.HResult = code;
        return exception;
    }

    private static int? Number(string hresult) =>
        hresult.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && uint.TryParse(hresult.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code)
            ? unchecked((int)code)
            : null;
}
