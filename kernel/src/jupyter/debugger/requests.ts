import { readFileSync } from "node:fs";
import { isJson, type Json } from "../wire.ts";
import type { DebugAdapter } from "./adapter.ts";
import type { DebugRun } from "./debug-run.ts";
import type { Pause } from "./pause.ts";
import type { Script } from "./scripts.ts";
import { wantedBreakpoint } from "./stop-condition.ts";

/** Does what a request of the Debug Adapter Protocol asks; returns the body of the response. */
type Doing = (adapter: DebugAdapter, given: Json) => Promise<Json> | Json;

/** The same for requests that need a debugging run. */
type DoingInRun = (run: DebugRun, given: Json, adapter: DebugAdapter) => Promise<Json> | Json;

/** What front ends may ask whether or not they have begun to debug: command → what is done. */
export const requests: ReadonlyMap<string, Doing> = new Map<string, Doing>([
  ["initialize", (adapter) => adapter.begin()],
  ["disconnect", (adapter) => adapter.end()],
  ["debugInfo", (adapter) => adapter.info()],
  ["dumpCell", (adapter, { code }) => ({ sourcePath: adapter.sources.add(String(code ?? "")) })],
  ["source", (adapter, { source }) => ({ content: sourceText(adapter, pathOf(source)) })],
  ["modules", (adapter) => modulesOf(adapter.files())],
  ["inspectVariables", async (adapter) => ({ variables: await adapter.globals() })],
  [
    "variables",
    async (adapter, given) => ({ variables: await adapter.members(Number(given.variablesReference)) }),
  ],
  ["richInspectVariables", (adapter, given) => adapter.rich(String(given.variableName), given.frameId)],
]);

/** What front ends may ask while they debug: command → what is done. */
export const requestsInRun: ReadonlyMap<string, DoingInRun> = new Map<string, DoingInRun>([
  [
    "attach",
    (_run, _given, adapter) => {
      adapter.tell("initialized", {});
      return {};
    },
  ],
  ["configurationDone", () => ({})],
  ["threads", () => ({ threads: [{ id: 1, name: "cells" }] })],
  [
    "setBreakpoints",
    async (run, { source, breakpoints }) => {
      const wanted = (Array.isArray(breakpoints) ? breakpoints : []).map(wantedBreakpoint);
      const path = pathOf(source);
      const set = await run.breakpoints.set(path, wanted);
      return { breakpoints: set.map((each) => ({ ...each, source: { path } })) };
    },
  ],
  [
    "setExceptionBreakpoints",
    async (run, { filters }) => {
      const wanted = Array.isArray(filters) ? filters : [];
      await run.stopOn(wanted.includes("all") ? "all" : wanted.includes("uncaught") ? "uncaught" : "none");
      return {};
    },
  ],
  [
    "stackTrace",
    (run) => {
      const stackFrames = run.pause?.frames ?? [];
      return { stackFrames, totalFrames: stackFrames.length };
    },
  ],
  ["scopes", (run, { frameId }) => ({ scopes: run.pause?.scopes(frameId) ?? [] })],
  ["continue", (run) => go(run, "resume")],
  ["next", (run) => go(run, "stepOver")],
  ["stepIn", (run) => go(run, "stepInto")],
  ["stepOut", (run) => go(run, "stepOut")],
  [
    "pause",
    async (run) => {
      await run.stop();
      return {};
    },
  ],
  [
    "evaluate",
    async (run, { expression, frameId }) => {
      const { value, variablesReference } = await pauseOf(run).evaluate(frameId, String(expression ?? ""));
      return { result: value, variablesReference };
    },
  ],
  [
    "copyToGlobals",
    async (run, { srcFrameId, srcVariableName, dstVariableName }) => {
      await pauseOf(run).copy(srcFrameId, identifier(srcVariableName), identifier(dstVariableName));
      return {};
    },
  ],
]);

async function go(run: DebugRun, way: Parameters<DebugRun["go"]>[0]): Promise<Json> {
  await run.go(way);
  return { allThreadsContinued: true };
}

function modulesOf(files: readonly Script[]): Json {
  return { modules: files.map(({ id, name, path }) => ({ id, name, path })), totalModules: files.length };
}

function pauseOf({ pause }: DebugRun): Pause {
  if (pause) return pause;
  throw new Error("No code stands still; evaluate the expression in a cell");
}

function sourceText({ sources }: DebugAdapter, path: string): string {
  return sources.isCell(path) ? (sources.get(path) ?? unavailable(path)) : readFileSync(path, "utf8");
}

function unavailable(path: string): never {
  throw new Error(`There is no source ${path}`);
}

function pathOf(source: unknown): string {
  return isJson(source) ? String(source.path ?? "") : "";
}

function identifier(name: unknown): string {
  const text = String(name);
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text))
    throw new Error(`"${text}" is no name of a variable`);
  return text;
}
