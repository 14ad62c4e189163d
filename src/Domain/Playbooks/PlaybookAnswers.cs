using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using Cairn.Domain.Foundation.Playbooks;

namespace Cairn.Domain.Playbooks;

/// <summary>The answers to a playbook's questions, checked, with the playbook's own where nobody answered.</summary>
public static class PlaybookAnswers
{
    private const string Unusable = "answer-unusable";

    /// <summary>Answers that came as texts, from a form or a command line: each as its parameter's type says.</summary>
    public static IReadOnlyDictionary<string, FormulaValue> FromTexts(Playbook playbook, IReadOnlyDictionary<string, string> texts, InputFaults faults)
    {
        var values = new Dictionary<string, FormulaValue>(StringComparer.Ordinal);
        foreach (var (name, text) in texts)
        {
            var parameter = playbook.Parameters.FirstOrDefault(parameter => parameter.Id == name);
            if (parameter is null)
            {
                Unknown(name, playbook, faults);
            }
            else if (PlaybookReader.Value(parameter, text) is { } value)
            {
                values[name] = value;
            }
            else
            {
                faults.Add("/parameters/" + name, Unusable, $"'{InputFaults.Shorten(text)}' is no answer to '{parameter.Title}': {Wanted(parameter)}.");
            }
        }

        return values;
    }

    /// <summary>All parameters with their values, in the order of the playbook; faults name what is unknown, of a wrong type, or without an answer.</summary>
    internal static IReadOnlyList<(CompiledParameter Shown, FormulaValue Value)> Complete(Playbook playbook, IReadOnlyDictionary<string, FormulaValue> given, InputFaults faults)
    {
        foreach (var name in given.Keys.Where(name => playbook.Parameters.All(parameter => parameter.Id != name)))
        {
            Unknown(name, playbook, faults);
        }

        var all = new List<(CompiledParameter, FormulaValue)>();
        foreach (var parameter in playbook.Parameters)
        {
            var isGiven = given.TryGetValue(parameter.Id, out var answer);
            if ((isGiven ? answer : parameter.Default) is not { } value)
            {
                faults.Add("/parameters/" + parameter.Id, "answer-missing", $"'{parameter.Title}' ({parameter.Id}) needs an answer: {Wanted(parameter)}.");
            }
            else if (value.Type != parameter.ValueType || (parameter.Type == "choice" && value is FormulaValue.Text text && !parameter.Options.Contains(text.Value)))
            {
                faults.Add("/parameters/" + parameter.Id, Unusable, $"{value.ToText()} is no answer to '{parameter.Title}': {Wanted(parameter)}.");
            }
            else
            {
                all.Add((new CompiledParameter(parameter.Id, parameter.Title, value.ToPlainText(), !isGiven), value));
            }
        }

        return all;
    }

    private static void Unknown(string name, Playbook playbook, InputFaults faults) => faults.Add(
        "/parameters/" + name, "answer-unknown", $"The playbook asks nothing called '{InputFaults.Shorten(name)}'.{NearestWord.Hint(name, playbook.Parameters.Select(parameter => parameter.Id))} It asks: {Listed(playbook)}.");

    private static string Listed(Playbook playbook) => playbook.Parameters.Count == 0 ? "nothing" : string.Join(", ", playbook.Parameters.Select(parameter => parameter.Id));

    private static string Wanted(PlaybookParameter parameter) => parameter.Type switch
    {
        "boolean" => "true or false",
        "number" => "a plain number",
        "date" => "a day such as 2026-03-02",
        "choice" => "one of " + string.Join(", ", parameter.Options),
        _ => "a text",
    };
}
