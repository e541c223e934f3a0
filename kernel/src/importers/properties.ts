import { parse } from "dot-properties";

/** Reads the text of a Java properties file; blanks around values are dropped. */
export function readProperties(text: string): Readonly<Record<string, string>> {
  const entries = Object.entries(parse(text));
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value ?? "").trim()]));
}
