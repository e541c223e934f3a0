/** What the painter needs of a Canvas 2D context: the browser's, the kernel's and the writer of SVG have it. */
export interface PaintContext {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineJoin: unknown;
  lineCap: unknown;
  globalAlpha: number;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  closePath(): void;
  arc(x: number, y: number, radius: number, start: number, end: number): void;
  fill(rule: "evenodd" | "nonzero"): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  /** What is painted next is a feature of this description; only writers of documents want to know. */
  beginFeature?(description: string): void;
  /** What is painted next is no feature. */
  endFeatures?(): void;
}
