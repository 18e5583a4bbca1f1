namespace Microsoft.Management.Infrastructure;

/// <summary>
/// Stands for Windows' exception of this name, which is made from a native instance only. Like there, HResult says
/// nothing: the HRESULT is in MessageId.
/// </summary>
public sealed class CimException(string message, string messageId) : Exception(message)
{
    /// <summary>`HRESULT 0x…`, and part of the record's FullyQualifiedErrorId.</summary>
    public string MessageId { get; } = messageId;
}
