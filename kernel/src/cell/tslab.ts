import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import type { MimeBundle } from "@tombolo/bundle";
import type { NotebookSession } from "./session.ts";

const TYPES = {
  javascript: "text/javascript",
  html: "text/html",
  markdown: "text/markdown",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  pdf: "application/pdf",
  text: "text/plain",
} as const;

/** The module `tslab` for notebooks written for that kernel: the same functions, shown our way. */
export function tslabModule(session: NotebookSession) {
  return {
    display: displayOf((bundle) => session.display(bundle).then(() => undefined)),
    newDisplay() {
      const id = randomUUID();
      return { ...displayOf((bundle) => session.displayAs(id, bundle)), display_id: id };
    },
    versions: { tslab: "1.0.22", typescript: ownVersion("typescript"), node: process.version },
  };
}

function displayOf(show: (bundle: MimeBundle) => Promise<void>) {
  const entries = Object.entries(TYPES).map(([name, type]) => [
    name,
    (content: unknown) => show({ data: { [type]: encoded(content) } }),
  ]);
  return {
    ...Object.fromEntries(entries),
    raw: (type: string, content: unknown) => show({ data: { [type]: encoded(content) } }),
  };
}

/** Jupyter takes bytes as base64. */
function encoded(content: unknown): unknown {
  return content instanceof Uint8Array ? Buffer.from(content).toString("base64") : content;
}

function ownVersion(name: string): string | undefined {
  try {
    const { version } = createRequire(import.meta.url)(`${name}/package.json`);
    return String(version);
  } catch {
    return undefined;
  }
}
