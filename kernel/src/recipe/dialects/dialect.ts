/** How an engine's SQL says what recipes need: all that differs between engines, in one short table. */
export interface Dialect {
  readonly name: string;
  /** A shape in longitude and latitude, in a projected system. */
  projected(shape: string, crs: number): string;
  area(shape: string): string;
  /** A shape as WKB bytes. */
  wkb(shape: string): string;
  /** Text as a number; null when it is none. */
  number(text: string): string;
}
