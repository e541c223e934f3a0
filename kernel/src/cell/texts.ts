import type { Place } from "./source-maps.ts";

/** What is kept of a cell, or of a file that it imports, so that a frame of a stack can be shown in the user's text. */
export interface CellText {
  /** Such as `In[12]`, or the path of a file. */
  readonly label: string;
  readonly isFile?: boolean;
  readonly source: string;
  readonly original: (place: Place) => Place | undefined;
  /** The source map, as JSON, for a debugger. */
  readonly map?: () => string;
}

const MOST_TEXTS = 5000;

const texts = new Map<string, CellText>();

/** Keeps the text of a cell, or of a file, under the URL that stacks show. */
export function keepText(url: string, text: CellText): void {
  texts.set(url, text);
  const [oldest] = texts.keys();
  if (texts.size > MOST_TEXTS && oldest !== undefined) texts.delete(oldest);
}

/** The text of a cell or a file by the URL that stacks show. */
export function findText(url: string): CellText | undefined {
  return texts.get(url);
}

/** All texts that are kept, by URL. */
export function keptTexts(): ReadonlyMap<string, CellText> {
  return texts;
}
