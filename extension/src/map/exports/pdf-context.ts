import { DocumentContext, type PageContext } from "@tombolo/bundle";
import type { PdfDrawing } from "./pdf.ts";
import { type TextPicture, textPicture } from "./text-picture.ts";

/** How far the handles of a quarter circle's curve are from its ends, in radii. */
const QUARTER = 0.5523;

/** A context that writes the operators of PDF (ISO 32000-1, annex A) instead of painting. */
export class PdfContext extends DocumentContext implements PageContext {
  readonly #opacities = new Set<number>();
  readonly #pictures: TextPicture[] = [];

  /** What was drawn. */
  drawing(): PdfDrawing {
    return {
      operators: this.parts.join("\n"),
      opacities: [...this.#opacities],
      pictures: this.#pictures,
    };
  }

  moveTo(x: number, y: number): void {
    this.path += `${short(x)} ${short(y)} m `;
  }

  lineTo(x: number, y: number): void {
    this.path += `${short(x)} ${short(y)} ${this.path === "" ? "m" : "l"} `;
  }

  closePath(): void {
    if (this.path !== "") this.path += "h ";
  }

  /** Whole circles only: nothing else is ever painted. */
  arc(x: number, y: number, radius: number): void {
    const handle = QUARTER * radius;
    this.moveTo(x + radius, y);
    for (const [across, down] of [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ] as const) {
      const [nextAcross, nextDown] = [-down, across];
      const points = [
        [x + across * radius + nextAcross * handle, y + down * radius + nextDown * handle],
        [x + nextAcross * radius + across * handle, y + nextDown * radius + down * handle],
        [x + nextAcross * radius, y + nextDown * radius],
      ];
      this.path += `${points.flat().map(short).join(" ")} c `;
    }
    this.path += "h ";
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path += boxOf(x, y, width, height);
  }

  fill(rule: "evenodd" | "nonzero"): void {
    if (this.path === "") return;
    this.addFilled(`${this.#colourOf(this.fillStyle, "rg")} ${this.path}${rule === "evenodd" ? "f*" : "f"}`);
  }

  stroke(): void {
    if (this.path === "") return;
    const filled = this.isFilled && this.globalAlpha === 1 ? this.parts.pop() : undefined;
    const drawn = filled?.replace(/f(\*?)$/, "B$1") ?? `${this.path}S`;
    const line = `${short(this.lineWidth)} w ${this.lineJoin === "round" ? 1 : 0} j ${this.lineCap === "round" ? 1 : 0} J`;
    this.add(`${line} ${this.#colourOf(this.strokeStyle, "RG")} ${drawn}`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.add(`${this.#colourOf(this.fillStyle, "rg")} ${boxOf(x, y, width, height)}f`);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    const colour = this.#colourOf(this.strokeStyle, "RG");
    this.add(`${short(this.lineWidth)} w ${colour} ${boxOf(x, y, width, height)}S`);
  }

  fillText(text: string, x: number, y: number): void {
    const [, weight = "400", size = "12"] = /^(\d+) ([\d.]+)px /.exec(this.font) ?? [];
    const hex = winAnsiHex(text);
    if (hex === undefined) {
      this.#addPicture(textPicture(text, this.font, Number(size), [x, y], coloursOf(this.fillStyle)));
      return;
    }
    const font = `/F${Number(weight) > 500 ? 1 : 0} ${size} Tf`;
    const colour = this.#colourOf(this.fillStyle, "rg");
    this.add(`${colour} BT ${font} 1 0 0 -1 ${short(x)} ${short(y)} Tm <${hex}> Tj ET`);
  }

  clip(): void {
    this.add(`${this.path}W n`);
  }

  save(): void {
    this.add("q");
  }

  restore(): void {
    this.add("Q");
  }

  translate(x: number, y: number): void {
    this.add(`1 0 0 1 ${short(x)} ${short(y)} cm`);
  }

  #addPicture(picture: TextPicture): void {
    const { x, y, width, height } = picture.box;
    const name = `/T${this.#pictures.length}`;
    this.#pictures.push(picture);
    this.add(`q ${short(width)} 0 0 ${short(-height)} ${short(x)} ${short(y + height)} cm ${name} Do Q`);
  }

  #colourOf(style: unknown, operator: "rg" | "RG"): string {
    const opacity = Math.round(100 * this.globalAlpha) / 100;
    this.#opacities.add(opacity);
    const parts = coloursOf(style).map((part) => Number((part / 255).toFixed(3)));
    return `/A${Math.round(100 * opacity)} gs ${parts.join(" ")} ${operator}`;
  }
}

/** Red, green and blue of a colour as the painter writes it, from 0 to 255. */
function coloursOf(style: unknown): [number, number, number] {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(String(style));
  if (!hex) throw new RangeError(`${String(style)} is no colour that a PDF is drawn with`);
  const [red = 0, green = 0, blue = 0] = hex.slice(1).map((part) => Number.parseInt(part, 16));
  return [red, green, blue];
}

let codes: Map<string, string> | undefined;

/** A text in the encoding that every reader's own fonts have, as hexadecimal digits; undefined when it has others. */
function winAnsiHex(text: string): string | undefined {
  codes ??= new Map(
    Array.from({ length: 256 }, (_, code) => [
      new TextDecoder("windows-1252").decode(Uint8Array.of(code)),
      code.toString(16).padStart(2, "0"),
    ]),
  );
  let hex = "";
  for (const letter of text) {
    const code = codes.get(letter);
    if (code === undefined) return undefined;
    hex += code;
  }
  return hex;
}

function boxOf(x: number, y: number, width: number, height: number): string {
  return `${short(x)} ${short(y)} ${short(width)} ${short(height)} re `;
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}
