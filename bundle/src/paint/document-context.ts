/** What contexts that write documents have in common: the state that painters set, the path of the moment, and widths of texts. */
export abstract class DocumentContext {
  fillStyle: unknown = "#000000";
  strokeStyle: unknown = "#000000";
  lineWidth = 1;
  lineJoin: unknown = "miter";
  lineCap: unknown = "butt";
  globalAlpha = 1;
  font = "400 12px sans-serif";
  textBaseline: unknown = "alphabetic";
  /** The path in the document's own language. */
  protected path = "";
  /** What was written, in order. */
  protected readonly parts: string[] = [];
  readonly #measure: (text: string, font: string) => number;
  /** Path that was filled last, so that its outline goes into the same part. */
  #filled = "";

  /** @param measure - width of a text in a font, in pixels */
  constructor(measure: (text: string, font: string) => number) {
    this.#measure = measure;
  }

  beginPath(): void {
    this.path = "";
  }

  measureText(text: string): { readonly width: number } {
    return { width: this.#measure(text, this.font) };
  }

  /** Writes a part. */
  protected add(part: string): void {
    this.#filled = "";
    this.parts.push(part);
  }

  /** Writes a part that fills the path. */
  protected addFilled(part: string): void {
    this.add(part);
    this.#filled = this.path;
  }

  /** Whether the last part has filled the path that is to be outlined now. */
  protected get isFilled(): boolean {
    return this.#filled === this.path;
  }
}
