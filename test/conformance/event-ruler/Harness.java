import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/**
 * Answers, for each line "pattern TAB event" of JSON texts on standard input, with one line: "match", "no match",
 * or "refused" and the engine's reason. Each pattern gets a machine of its own; lines with the same pattern that
 * follow each other share it.
 */
@SuppressWarnings("deprecation") // "new Machine()" is how the engine's own matchesRule builds one.
final class Harness {
  public static void main(String[] arguments) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    String pattern = null;
    Machine machine = null;
    String refusal = null;
    for (String line; (line = in.readLine()) != null; ) {
      int tab = line.indexOf('\t');
      if (!line.substring(0, tab).equals(pattern)) {
        pattern = line.substring(0, tab);
        machine = new Machine();
        refusal = refusalOf(pattern, machine);
      }
      out.write(refusal == null ? answer(machine, line.substring(tab + 1)) : refusal);
      out.newLine();
    }
    out.flush();
  }

  private static String refusalOf(String pattern, Machine machine) {
    String reason = JsonRuleCompiler.check(pattern);
    if (reason == null) {
      try {
        machine.addRule("rule", pattern);
      } catch (Exception thrown) {
        reason = thrown.toString();
      }
    }
    return reason == null ? null : "refused " + reason.lines().findFirst().orElse("");
  }

  private static String answer(Machine machine, String event) {
    try {
      return machine.rulesForJSONEvent(event).isEmpty() ? "no match" : "match";
    } catch (Exception thrown) {
      return "error " + thrown.toString().lines().findFirst().orElse("");
    }
  }
}
