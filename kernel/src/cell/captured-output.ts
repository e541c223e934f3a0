import type { MimeBundle } from "@tombolo/bundle";
import type { Captured } from "../magics/session.ts";
import type { Shown } from "./display.ts";
import type { Output } from "./host.ts";

interface Capture {
  readonly texts: { stdout: string; stderr: string };
  readonly shown: Map<string, MimeBundle>;
}

/** Output that can be kept from the notebook for a while. */
export class CapturedOutput implements Output {
  readonly #output: Output;
  readonly #captures: Capture[] = [];

  constructor(output: Output) {
    this.#output = output;
  }

  stream(name: "stdout" | "stderr", text: string): void {
    const capture = this.#captures.at(-1);
    if (capture) capture.texts[name] += text;
    else this.#output.stream(name, text);
  }

  show(kind: "display_data" | "update_display_data", shown: Shown, id: string): void {
    const capture = this.#captures.at(-1);
    if (capture) capture.shown.set(id, { data: shown.data, metadata: shown.metadata });
    else this.#output.show(kind, shown, id);
  }

  clear(wait: boolean): void {
    const capture = this.#captures.at(-1);
    if (!capture) this.#output.clear(wait);
    else {
      capture.texts.stdout = "";
      capture.texts.stderr = "";
      capture.shown.clear();
    }
  }

  /** Does work and keeps what it puts out. */
  async capture(work: () => Promise<unknown>): Promise<Captured> {
    const capture: Capture = { texts: { stdout: "", stderr: "" }, shown: new Map() };
    this.#captures.push(capture);
    try {
      await work();
    } finally {
      this.#captures.splice(this.#captures.indexOf(capture), 1);
    }
    return { ...capture.texts, outputs: [...capture.shown.values()] };
  }
}
