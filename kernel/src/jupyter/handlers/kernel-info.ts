import { createRequire } from "node:module";
import { type Json, PROTOCOL_VERSION } from "../wire.ts";

const { version } = createRequire(import.meta.url)("../../../package.json");

/** `kernel_info_request`: who we are. */
export async function kernelInfo(): Promise<Json> {
  return {
    status: "ok",
    protocol_version: PROTOCOL_VERSION,
    implementation: "tombolo",
    implementation_version: String(version),
    language_info: {
      name: "typescript",
      version: "7.0",
      mimetype: "application/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: { name: "javascript", typescript: true },
      nbconvert_exporter: "script",
    },
    banner: `Tombolo ${version}: TypeScript on Node ${process.versions.node}. %help tells where to start.`,
    supported_features: ["debugger", "kernel subshells"],
    debugger: true,
    help_links: [],
  };
}
