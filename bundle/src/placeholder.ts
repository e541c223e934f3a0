import { CHART_MIME, type LiveReference, MAP_MIME, TABLE_MIME } from "./mime.ts";
import { standsIn } from "./stands-in.ts";

/** What our outputs are called where nothing else may be told of them. */
export const OUTPUT_NAMES: Readonly<Record<string, string>> = {
  [MAP_MIME]: "Map",
  [CHART_MIME]: "Chart",
  [TABLE_MIME]: "Table",
};

/** Presets of disclosure control that a placeholder may name. */
export const PRESET_NAMES: readonly string[] = [
  "census-as-published",
  "nhs-hes",
  "opensafely",
  "opensafely-midpoint-6",
  "public",
  "srs-10",
  "standard",
  "ukllc-10",
];

/** The texts that are saved beside an output anyway: what stands in them tells nothing of the data. */
export interface Written {
  /** The cell that shows it. */
  readonly cell: string;
  /** All cells of the notebook. */
  readonly notebook: readonly string[];
}

const MOST_CHARACTERS = 200;
const LIVE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DIGEST = /^[0-9a-f]{12}$/;
const TIME = /^20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Whether a title may be saved: it stands in the cell that shows it, in whatever case, on one line and with a letter. */
export function isTitleWritten(title: string, cell: string): boolean {
  return (
    title.length <= MOST_CHARACTERS &&
    /^(?=.*\p{L})\P{Cc}+$/u.test(title) &&
    standsIn(cell.toLowerCase(), title.toLowerCase())
  );
}

/**
 * The reference in the JSON of a bundle that is not public, with what may be saved of it and nothing else; undefined where there is none. What a program
 * or a hand has put in its place is left out: words that stand nowhere in the notebook, presets that do not exist, times that
 * are none. Without the texts, as for who only shows it, words are taken as they are.
 */
export function readReference(mime: string, value: unknown, written?: Written): LiveReference | undefined {
  const what = OUTPUT_NAMES[mime];
  if (
    what === undefined ||
    !isPart(value) ||
    value.access === "public" ||
    value.version !== 1 ||
    !isText(value.live, LIVE)
  )
    return undefined;
  const { title, recipe, digest, preset, time, live } = value;
  const isCalled = typeof title === "string" && (!written || isTitleWritten(title, written.cell));
  const isMade =
    isText(recipe, /^\S{1,100}$/) && (!written || written.notebook.some((text) => standsIn(text, recipe)));
  return {
    version: 1,
    access: closedAccess(value),
    title: isCalled ? title : what,
    ...(isMade && { recipe, ...(isText(digest, DIGEST) && { digest }) }),
    ...(typeof preset === "string" && PRESET_NAMES.includes(preset) && { preset }),
    ...(isTime(time) && { time }),
    live,
  };
}

/** The label of what is not public; of an unknown one nobody knows that it is less than the strictest. */
export function closedAccess(value: unknown): "internal" | "sensitive" {
  return isPart(value) && value.access === "internal" ? "internal" : "sensitive";
}

/** A placeholder in words: the sentence, and below it what is known of the output. */
export function placeholderText(mime: string, reference: LiveReference): string {
  const sentence = `${OUTPUT_NAMES[mime]} of ${reference.access} data: run the cell to see it.`;
  const known = knownOf(mime, reference);
  return known.length === 0 ? sentence : `${sentence}\n${known.join(" · ")}`;
}

/** What is known of an output that is not shown, part by part. */
export function knownOf(mime: string, { title, recipe, digest, preset, time }: LiveReference): string[] {
  return [
    ...(title === OUTPUT_NAMES[mime] ? [] : [title]),
    ...(recipe === undefined ? [] : [`recipe ${recipe}${digest === undefined ? "" : ` (${digest})`}`]),
    ...(preset === undefined ? [] : [`preset ${preset}`]),
    ...(time === undefined ? [] : [`run on ${time.slice(0, 10)} at ${time.slice(11, 16)} UTC`]),
  ];
}

/** Whether a text is a second that the calendar has. */
function isTime(value: unknown): value is string {
  if (!isText(value, TIME)) return false;
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === value.slice(0, 19);
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}

function isPart(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
