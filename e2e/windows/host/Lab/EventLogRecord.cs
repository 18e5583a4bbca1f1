namespace System.Diagnostics.Eventing.Reader;

/// <summary>Stands for Windows' event record: the members that a reader of Defender's log uses.</summary>
public sealed class EventLogRecord(string xml)
{
    public int Id { get; init; }
    public long? RecordId { get; init; }
    public DateTime? TimeCreated { get; init; }
    public string? LogName { get; init; }
    public string? ProviderName { get; init; }

    /// <summary>The event as the log keeps it.</summary>
    public string ToXml() => xml;
}
