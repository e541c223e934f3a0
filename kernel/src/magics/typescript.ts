import type { Magic, MagicInput, OptionDeclarations } from "./magic.ts";

/** The TypeScript that a call of a magic stands for. */
export function typescriptOf(
  magic: Magic,
  input: MagicInput<OptionDeclarations>,
  isTable: (name: string) => boolean,
): string {
  const { show: _, ...options } = input.options;
  if (magic.typescript) return magic.typescript({ ...input, options }, isTable);
  const line = magic.line ? input.text : input.words.map(quotedWord).join(" ");
  const flags = Object.entries(options).map(([name, value]) =>
    value === true ? `--${name}` : `--${name} ${quotedWord(String(value))}`,
  );
  const parts = [magic.name, (magic.line ? [...flags, line] : [line, ...flags]).join(" ").trim()];
  if (input.kind === "cell") parts.push(input.body);
  while (parts.at(-1) === "") parts.pop();
  return `await magic(${parts.map(literal).join(", ")});`;
}

/** A call such as `map(tubes, { column: "tube_km" })`; empty options are left out. */
export function callText(name: string, parameters: readonly string[], options: object = {}): string {
  const pairs = Object.entries(options).map(([key, value]) => `${key}: ${literal(value)}`);
  const last = pairs.length > 0 ? [`{ ${pairs.join(", ")} }`] : [];
  return `${name}(${[...parameters, ...last].join(", ")})`;
}

/** A value as TypeScript writes it. */
export function literal(value: unknown): string {
  return typeof value === "string" && value.includes("\n")
    ? `\`${value.replace(/[\\`]|\$\{/g, "\\$&")}\``
    : JSON.stringify(value);
}

function quotedWord(word: string): string {
  return /[\s"']|^$/.test(word) ? (word.includes('"') ? `'${word}'` : `"${word}"`) : word;
}
