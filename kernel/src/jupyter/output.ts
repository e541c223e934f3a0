import { StringDecoder } from "node:string_decoder";

/** Sends what this thread writes to standard output and standard error to `write` instead. */
export function captureOutput(write: (name: "stdout" | "stderr", text: string) => void): void {
  for (const name of ["stdout", "stderr"] as const) {
    // A character may be cut in two where the output of a program is passed on.
    const decoder = new StringDecoder();
    process[name].write = (
      chunk: string | Uint8Array,
      encoding?: BufferEncoding | Callback,
      callback?: Callback,
    ): boolean => {
      const given = typeof encoding === "string" ? encoding : "utf8";
      const text = typeof chunk === "string" ? textOf(chunk, given) : decoder.write(Buffer.from(chunk));
      // Node writes what a program has put out even where that is nothing, and an empty box would tell nobody anything.
      if (text !== "") write(name, text);
      const done = typeof encoding === "function" ? encoding : callback;
      // At once: a loop that prints a million lines would let a million callbacks wait for its end.
      done?.(null);
      return true;
    };
  }
}

type Callback = (error?: Error | null) => void;

function textOf(chunk: string, encoding: BufferEncoding): string {
  return encoding === "utf8" || encoding === "utf-8" ? chunk : Buffer.from(chunk, encoding).toString();
}
