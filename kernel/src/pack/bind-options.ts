import type { OwnFileOptions } from "../importers/own/options.ts";

/** What a user says of how bound files are read. */
export type BindOptions = Pick<
  OwnFileOptions,
  "label" | "name" | "x" | "y" | "crs" | "when" | "rename" | "sheet" | "header"
>;

/**
 * How the file of one input is read: what is said of that input, as `clinic:visits`, else what is said of all. Several
 * inputs are parted by commas, as `clinic:visits,district:people`.
 */
export function optionsOf(input: string, options: BindOptions, inputs: readonly string[]): BindOptions {
  const { header, rename, ...texts } = options;
  const own = Object.entries(texts).map(([key, text]) => [key, text && textFor(input, text, inputs).at(-1)]);
  const renamed = rename === undefined ? [] : textFor(input, rename, inputs);
  return {
    ...Object.fromEntries(own.filter(([, text]) => text !== undefined)),
    ...(header !== undefined && { header }),
    ...(renamed.length > 0 && { rename: renamed.join(",") }),
  };
}

/** What is said of all inputs, then what is said of one. */
function textFor(input: string, text: string, inputs: readonly string[]): string[] {
  const parts = partsOf(text, inputs);
  const ofAll = parts.filter(([name]) => name === undefined);
  return [...ofAll, ...parts.filter(([name]) => name === input)].map(([, said]) => said);
}

/** Only the name of an input that is bound parts a text: columns have commas and colons in their names as well. */
function partsOf(
  text: string,
  inputs: readonly string[],
): (readonly [name: string | undefined, said: string])[] {
  const parts: [string | undefined, string][] = [];
  for (const piece of text.split(",")) {
    const name = inputs.find((each) => piece.trimStart().startsWith(`${each}:`));
    const last = parts.at(-1);
    if (name !== undefined) parts.push([name, piece.trimStart().slice(name.length + 1)]);
    else if (last) last[1] += `,${piece}`;
    else parts.push([undefined, piece]);
  }
  return parts;
}
