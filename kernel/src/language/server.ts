import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { setPriority } from "node:os";
import { dirname, join } from "node:path";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { whileNobodyForks } from "../engine/fork-lock.ts";
import { VIRTUAL_CONFIG } from "./project.ts";

/** The language server of TypeScript 7 in a process of its own. */
export interface LanguageServer {
  /** Opens a document that is not on disk, or replaces its text. */
  put(uri: string, text: string): void;
  close(uri: string): void;
  /** Asks about a document; undefined when the server has ended. */
  ask(method: string, parameters: object): Promise<unknown>;
  end(): void;
}

/** Niceness of the server's process. */
const BEHIND_CELLS = 10;

const SETTINGS = {
  customConfigFileName: VIRTUAL_CONFIG,
  // It would fetch type packages from the network and write into the user's home folder.
  tsserver: { automaticTypeAcquisition: { enabled: false } },
  disableAutomaticTypeAcquisition: true,
};

const CAPABILITIES = {
  textDocument: {
    diagnostic: {},
    completion: { completionItem: { documentationFormat: ["markdown"], labelDetailsSupport: true } },
    hover: { contentFormat: ["markdown"] },
    signatureHelp: { signatureInformation: { documentationFormat: ["markdown"] } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
  workspace: { configuration: true },
};

/** Starts the server; `ended` is called when its process ends by itself. Throws when TypeScript is not installed. */
export async function startServer(ended: () => void): Promise<LanguageServer> {
  const child = await whileNobodyForks(() =>
    spawn(programPath(), ["--lsp", "--stdio"], { stdio: ["pipe", "pipe", "ignore"] }),
  );
  // Cells are waited for more than what is said of their types. A child that did not start has no number.
  if (child.pid !== undefined) setPriority(child.pid, BEHIND_CELLS);
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    connection.dispose();
    ended();
  };
  child.on("error", close);
  child.on("exit", close);
  child.stdin.on("error", close);
  connection.onRequest((method, parameters) => {
    if (method !== "workspace/configuration") return null;
    const items: unknown =
      typeof parameters === "object" && parameters !== null && "items" in parameters ? parameters.items : [];
    return Array.isArray(items) ? items.map(() => SETTINGS) : [];
  });
  connection.onError(() => undefined);
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: CAPABILITIES,
  });
  await connection.sendNotification("initialized", {});
  const versions = new Map<string, number>();
  return {
    put(uri, text) {
      const version = (versions.get(uri) ?? 0) + 1;
      versions.set(uri, version);
      if (!isOpen) return;
      const [method, parameters] =
        version === 1
          ? ["textDocument/didOpen", { textDocument: { uri, languageId: languageOf(uri), version, text } }]
          : ["textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] }];
      connection.sendNotification(method, parameters).catch(close);
    },
    close(uri) {
      versions.delete(uri);
      if (isOpen)
        connection.sendNotification("textDocument/didClose", { textDocument: { uri } }).catch(close);
    },
    async ask(method, parameters) {
      if (!isOpen) return undefined;
      try {
        return await connection.sendRequest(method, parameters);
      } catch (error) {
        // The process was ended, or killed, while it was asked.
        if (!isOpen) return undefined;
        throw error;
      }
    },
    end() {
      isOpen = false;
      connection.dispose();
      child.kill();
    },
  };
}

function languageOf(uri: string): string {
  return uri.endsWith(".json") ? "json" : "typescript";
}

/** The native program itself; the package's script would only start it from another Node. */
function programPath(): string {
  const typescript = createRequire(import.meta.url).resolve("typescript/package.json");
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  const folder = dirname(createRequire(typescript).resolve(`${platform}/package.json`));
  return join(folder, "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
}
