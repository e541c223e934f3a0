import { isRecord } from "../../recipe/recipe.ts";

/** What a program that failed says of the reason, in a line. */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const [stdout, stderr] = ["stdout", "stderr"].map((key) => String(Reflect.get(cause, key) ?? ""));
  return summaryIn(stdout ?? "") ?? lineIn(stderr || cause.message);
}

/** npm writes its mistakes as JSON where JSON was asked for. */
function summaryIn(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const error = isRecord(value) ? value.error : undefined;
    return isRecord(error) && typeof error.summary === "string" ? lineIn(error.summary) : undefined;
  } catch {
    return undefined;
  }
}

function lineIn(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const told = lines.filter((line) => /error|fatal|404/i.test(line));
  // The first line of npm is a code, the second says what it means.
  const line = told.find((each) => !/^npm (error|ERR!) code /.test(each)) ?? told[0] ?? lines[0] ?? "";
  return line.replace(/^(npm (error|ERR!)|fatal:)\s*(code )?/i, "").trim();
}
