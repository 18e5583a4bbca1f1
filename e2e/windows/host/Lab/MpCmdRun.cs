using System.Globalization;

namespace Gangway.Bench.Lab;

/// <summary>Defender's own program: the lab says what it prints and how it ends.</summary>
internal static class MpCmdRun
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        JsonObject answer = LabClient.Post(
            "/mpcmdrun",
            new Dictionary<string, object?> { ["elevated"] = LabClient.Elevated, ["arguments"] = arguments.ToArray() });
        Console.Out.Write(answer.Text("output") ?? "");
        return Convert.ToInt32(answer["exitCode"], CultureInfo.InvariantCulture);
    }
}
