// @ts-check
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./paths.js";

/**
 * Writes the template of a map's own page, beside the compiled extension: script and style are inside it, and its policy
 * lets it run no other script and reach no network.
 */
export async function writeMapPage() {
  const lib = join(root, "extension", "lib");
  const script = await packScript(join(lib, "map", "standalone.js"));
  const style = ["base.css", "page.css"]
    .map((name) => readFileSync(join(root, "extension", "style", name), "utf8"))
    .join("\n");
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src data: blob:",
  ].join("; ");
  const page = [
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>Map</title>`,
    `<style>${style}</style></head><body><noscript>This map is drawn by a script of this page.</noscript>`,
    `<script type="application/json" id="tombolo-map-data">TOMBOLO-MAP-DATA</script>`,
    `<script>${script}</script></body></html>\n`,
  ].join("");
  writeFileSync(join(lib, "map", "exports", "map-page.html"), page);
}

/**
 * A script with everything that it imports.
 * @param {string} entry
 * @returns {Promise<string>}
 */
async function packScript(entry) {
  // Loaded here: on a fresh clone this file is read before anything is installed.
  const { rspack } = await import("@rspack/core");
  const folder = mkdtempSync(join(tmpdir(), "tombolo-page-"));
  try {
    await new Promise((resolve, reject) => {
      const compiler = rspack({
        mode: "production",
        target: ["web", "es2022"],
        entry,
        output: { path: folder, filename: "page.js", asyncChunks: false },
        devtool: false,
        optimization: { splitChunks: false, runtimeChunk: false },
      });
      compiler.run((error, stats) => {
        compiler.close(() => undefined);
        if (error) reject(error);
        else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
        else resolve(undefined);
      });
    });
    // Inside a page a script ends at the first of these, even in a text.
    return readFileSync(join(folder, "page.js"), "utf8").replaceAll("</script", "<\\/script");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} text */
function hashOf(text) {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
