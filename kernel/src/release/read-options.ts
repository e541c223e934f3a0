import { UserError } from "../errors.ts";
import { wordList } from "../word-list.ts";
import { presets } from "./presets/index.ts";
import { findPreset, type ReleaseOptions } from "./release.ts";

/** How a release is asked for, in a notebook and on the command line. */
export const RELEASE_OPTIONS = {
  preset: {
    type: "text",
    values: presets.map(({ name }) => name),
    doc: "the rules; standard unless told otherwise",
  },
  reason: { type: "text", doc: "why it is released, for the record" },
  behind: {
    type: "text",
    completes: "column",
    separators: ",=",
    doc: "for a rate or mean the column that counts its people, as rate=people,mean=people",
  },
  largest: {
    type: "text",
    completes: "column",
    separators: ",=",
    doc: "for an amount the column with its two largest parts, as turnover=top2",
  },
  parent: {
    type: "text",
    completes: "column",
    doc: "the column that names the row which is the total of the row",
  },
  without: { type: "text", completes: "column", separators: ",", doc: "columns left out, as name,born" },
  accept: { type: "flag", doc: "take the responsibility for what the checks leave to a person" },
  folder: { type: "text", doc: "folder of the releases; releases unless told otherwise" },
} as const;

/** The options as they were written. */
export type WrittenOptions = {
  readonly [Name in keyof typeof RELEASE_OPTIONS]?:
    | ((typeof RELEASE_OPTIONS)[Name]["type"] extends "flag" ? boolean : string)
    | undefined;
};

/** Where releases lie unless the options say otherwise. */
export const RELEASES_FOLDER = "releases";

/** Reads the options of a release. Throws a UserError that says how one is written. */
export function readReleaseOptions(options: WrittenOptions): ReleaseOptions {
  return {
    preset: findPreset(options.preset ?? "standard"),
    behind: pairs(options.behind, "--behind"),
    largest: pairs(options.largest, "--largest"),
    without: wordList(options.without),
    parent: options.parent,
    accept: options.accept,
  };
}

function pairs(text: string | undefined, option: string): Record<string, string> {
  return Object.fromEntries(
    wordList(text).map((pair) => {
      const [first = "", second = "", surplus] = pair.split("=");
      if (first === "" || second === "" || surplus !== undefined)
        throw new UserError(`${option} does not understand "${pair}"`, {
          where: option,
          hint: "Write column=column.",
        });
      return [first, second];
    }),
  );
}
