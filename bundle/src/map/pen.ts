import type { PaintContext } from "../paint/context.ts";

/** A context that also writes: what a whole page with title and legend needs. */
export interface PageContext extends PaintContext {
  font: string;
  textBaseline: unknown;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  strokeRect(x: number, y: number, width: number, height: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  clip(): void;
  save(): void;
  restore(): void;
  translate(x: number, y: number): void;
}

/** Text in the page's font. */
export class Pen {
  readonly context: PageContext;
  readonly #font: string;

  constructor(context: PageContext, font: string) {
    this.context = context;
    this.#font = font;
  }

  write(text: string, x: number, y: number, size: number, colour: string, weight = 400): void {
    this.context.font = `${weight} ${size}px ${this.#font}`;
    this.context.fillStyle = colour;
    this.context.fillText(text, x, y);
  }

  width(text: string, size: number, weight = 400): number {
    this.context.font = `${weight} ${size}px ${this.#font}`;
    return this.context.measureText(text).width;
  }

  /** The text cut to a width, with … in place of what is cut. */
  fit(text: string, width: number, size: number, weight = 400): string {
    if (this.width(text, size, weight) <= width) return text;
    let end = text.length;
    while (end > 0 && this.width(`${text.slice(0, end)}…`, size, weight) > width) end--;
    return `${text.slice(0, end)}…`;
  }

  /** The text in lines no wider than so many pixels, at most so many. */
  wrap(text: string, width: number, most: number, size: number, weight = 400): string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(/\s+/)) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line === "" || this.width(longer, size, weight) <= width) line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
    const shown = lines.slice(0, most);
    const last = lines.length > most ? `${shown.at(-1)} …` : (shown.at(-1) ?? "");
    return [...shown.slice(0, -1), this.fit(last, width, size, weight)];
  }
}
