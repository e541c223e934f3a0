/** One report of how far long work is. */
export interface Progress {
  /** What is being done, such as `Reading londonBoroughs.json`. */
  readonly stage: string;
  readonly done?: number;
  readonly total?: number;
  readonly unit?: "bytes" | "rows";
}

/** Takes progress reports; may be called as often as one likes, the receiver thins them out. */
export type OnProgress = (progress: Progress) => void;

/** What every long piece of work takes: how to stop it and where to report. */
export interface Work {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Takes a sentence that the user should read but that stops nothing. */
  readonly onWarning?: ((sentence: string) => void) | undefined;
}

/** Takes what an engine tells of a statement's rows as reports of a stage; `unit` only where what it counts are rows. */
export function onRowsOf(
  { onProgress }: Work,
  stage: string,
  unit?: "rows",
): ((done: number, total: number) => void) | undefined {
  return onProgress && ((done, total) => onProgress({ stage, done, total, ...(unit && { unit }) }));
}
