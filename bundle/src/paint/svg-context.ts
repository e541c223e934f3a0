import { escapeHtml } from "../escape.ts";
import type { PageContext } from "../map/pen.ts";
import { DocumentContext } from "./document-context.ts";

/** Decimals of a pixel: finer than any printer. */
const DECIMALS = 2;

/** A context that writes SVG instead of painting. Texts go in as text, never as markup. */
export class SvgContext extends DocumentContext implements PageContext {
  #clips = 0;
  #inFeature = false;
  /** For each `save`, how many groups are to be closed at its `restore`. */
  #saved: number[] = [];

  /** The drawing as an SVG document. */
  document(width: number, height: number, title: string): string {
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`;
    return `${head}<title>${escapeHtml(title)}</title>${this.parts.join("")}</svg>\n`;
  }

  moveTo(x: number, y: number): void {
    this.path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.path += `${this.path === "" ? "M" : "L"}${short(x)} ${short(y)}`;
  }

  closePath(): void {
    this.path += "Z";
  }

  /** Whole circles only: nothing else is ever painted. */
  arc(x: number, y: number, radius: number): void {
    const size = short(radius);
    const half = `a${size} ${size} 0 1 0`;
    this.path += `M${short(x + radius)} ${short(y)}${half} ${short(-2 * radius)} 0${half} ${short(2 * radius)} 0`;
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  fill(rule: "evenodd" | "nonzero"): void {
    if (this.path === "") return;
    this.addFilled(`<path d="${this.path}" fill-rule="${rule}" ${this.#fillOf()}/>`);
  }

  stroke(): void {
    if (this.path === "") return;
    if (this.isFilled) {
      const fill = this.parts.pop() ?? "";
      this.add(fill.replace(/\/>$/, ` ${this.#strokeOf("")}/>`));
    } else this.add(`<path d="${this.path}" fill="none" ${this.#strokeOf()}/>`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.add(`<rect ${boxOf(x, y, width, height)} ${this.#fillOf()}/>`);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.add(`<rect ${boxOf(x, y, width, height)} fill="none" ${this.#strokeOf()}/>`);
  }

  fillText(text: string, x: number, y: number): void {
    const [, weight = "400", size = "12", family = "sans-serif"] =
      /^(\d+) ([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const font = `font-family="${escapeHtml(`${family}, sans-serif`)}" font-size="${size}" font-weight="${weight}"`;
    this.add(`<text x="${short(x)}" y="${short(y)}" ${font} ${this.#fillOf()}>${escapeHtml(text)}</text>`);
  }

  clip(): void {
    const id = `clip${this.#clips++}`;
    this.add(`<clipPath id="${id}"><path d="${this.path}"/></clipPath><g clip-path="url(#${id})">`);
    this.#opened();
  }

  save(): void {
    this.#saved.push(0);
  }

  restore(): void {
    this.add("</g>".repeat(this.#saved.pop() ?? 0));
  }

  translate(x: number, y: number): void {
    this.add(`<g transform="translate(${short(x)} ${short(y)})">`);
    this.#opened();
  }

  beginFeature(description: string): void {
    this.endFeatures();
    this.add(`<g><title>${escapeHtml(description)}</title>`);
    this.#inFeature = true;
  }

  endFeatures(): void {
    if (this.#inFeature) this.add("</g>");
    this.#inFeature = false;
  }

  #opened(): void {
    const open = this.#saved.pop() ?? 0;
    this.#saved.push(open + 1);
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
