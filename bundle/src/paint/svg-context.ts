import { escapeHtml } from "../escape.ts";
import type { PageContext } from "../map/pen.ts";

/** Decimals of a pixel: finer than any printer. */
const DECIMALS = 2;

/** A context that writes SVG instead of painting. Texts go in as text, never as markup. */
export class SvgContext implements PageContext {
  fillStyle: unknown = "#000000";
  strokeStyle: unknown = "#000000";
  lineWidth = 1;
  lineJoin: unknown = "miter";
  lineCap: unknown = "butt";
  globalAlpha = 1;
  font = "400 12px sans-serif";
  textBaseline: unknown = "alphabetic";
  readonly #measure: (text: string, font: string) => number;
  readonly #parts: string[] = [];
  #path = "";
  #clips = 0;
  #inFeature = false;
  /** Path that was filled last, so that its outline goes into the same element. */
  #filled = "";
  /** For each `save`, how many groups are to be closed at its `restore`. */
  #saved: number[] = [];

  /** @param measure - width of a text in a font, in pixels */
  constructor(measure: (text: string, font: string) => number) {
    this.#measure = measure;
  }

  /** The drawing as an SVG document. */
  document(width: number, height: number, title: string): string {
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`;
    return `${head}<title>${escapeHtml(title)}</title>${this.#parts.join("")}</svg>\n`;
  }

  beginPath(): void {
    this.#path = "";
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.#path += `${this.#path === "" ? "M" : "L"}${short(x)} ${short(y)}`;
  }

  closePath(): void {
    this.#path += "Z";
  }

  /** Whole circles only: nothing else is ever painted. */
  arc(x: number, y: number, radius: number): void {
    const size = short(radius);
    const half = `a${size} ${size} 0 1 0`;
    this.#path += `M${short(x + radius)} ${short(y)}${half} ${short(-2 * radius)} 0${half} ${short(2 * radius)} 0`;
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  fill(rule: "evenodd" | "nonzero"): void {
    if (this.#path === "") return;
    this.#add(`<path d="${this.#path}" fill-rule="${rule}" ${this.#fillOf()}/>`);
    this.#filled = this.#path;
  }

  stroke(): void {
    if (this.#path === "") return;
    if (this.#filled === this.#path) {
      const fill = this.#parts.pop() ?? "";
      this.#add(fill.replace(/\/>$/, ` ${this.#strokeOf("")}/>`));
    } else this.#add(`<path d="${this.#path}" fill="none" ${this.#strokeOf()}/>`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#add(`<rect ${boxOf(x, y, width, height)} ${this.#fillOf()}/>`);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#add(`<rect ${boxOf(x, y, width, height)} fill="none" ${this.#strokeOf()}/>`);
  }

  fillText(text: string, x: number, y: number): void {
    const [, weight = "400", size = "12", family = "sans-serif"] =
      /^(\d+) ([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const font = `font-family="${escapeHtml(`${family}, sans-serif`)}" font-size="${size}" font-weight="${weight}"`;
    this.#add(`<text x="${short(x)}" y="${short(y)}" ${font} ${this.#fillOf()}>${escapeHtml(text)}</text>`);
  }

  measureText(text: string): { readonly width: number } {
    return { width: this.#measure(text, this.font) };
  }

  clip(): void {
    const id = `clip${this.#clips++}`;
    this.#add(`<clipPath id="${id}"><path d="${this.#path}"/></clipPath><g clip-path="url(#${id})">`);
    this.#opened();
  }

  save(): void {
    this.#saved.push(0);
  }

  restore(): void {
    this.#add("</g>".repeat(this.#saved.pop() ?? 0));
  }

  translate(x: number, y: number): void {
    this.#add(`<g transform="translate(${short(x)} ${short(y)})">`);
    this.#opened();
  }

  beginFeature(description: string): void {
    this.endFeatures();
    this.#add(`<g><title>${escapeHtml(description)}</title>`);
    this.#inFeature = true;
  }

  endFeatures(): void {
    if (this.#inFeature) this.#add("</g>");
    this.#inFeature = false;
  }

  #opened(): void {
    const open = this.#saved.pop() ?? 0;
    this.#saved.push(open + 1);
  }

  #add(part: string): void {
    this.#filled = "";
    this.#parts.push(part);
  }

  #fillOf(): string {
    return `fill="${escapeHtml(String(this.fillStyle))}"${this.#opacity()}`;
  }

  #strokeOf(opacity = this.#opacity()): string {
    return `stroke="${escapeHtml(String(this.strokeStyle))}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round"${opacity}`;
  }

  #opacity(): string {
    return this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : "";
  }
}

function boxOf(x: number, y: number, width: number, height: number): string {
  return `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
}

function short(value: number): string {
  return String(Number(value.toFixed(DECIMALS)));
}
