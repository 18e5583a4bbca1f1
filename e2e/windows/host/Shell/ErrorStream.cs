using System.Security;
using System.Text;

namespace Gangway.Bench.Shell;

/// <summary>
/// stderr. An encoded command whose caller reads stderr gets CLIXML instead of text, unless -OutputFormat Text was given:
/// Windows PowerShell presumes that the caller is PowerShell too.
/// </summary>
internal sealed class ErrorStream(bool xml)
{
    private readonly StringBuilder _lines = new();

    public void WriteLine(string text)
    {
        if (xml) _lines.Append("<S S=\"Error\">").Append(Escape(text)).Append("_x000D__x000A_</S>");
        else Console.Error.WriteLine(text);
    }

    /// <summary>CLIXML is one document, so it is written at the end.</summary>
    public void Finish()
    {
        if (_lines.Length == 0) return;
        Console.Error.WriteLine("#< CLIXML");
        Console.Error.Write($"<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">{_lines}</Objs>");
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char letter in text)
        {
            if (char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\uFFFE' or '\uFFFF') escaped.Append($"_x{(int)letter:X4}_");
            else escaped.Append(letter);
        }
        return SecurityElement.Escape(escaped.ToString());
    }
}
