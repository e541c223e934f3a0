import { Session } from "node:inspector";
import { isForeign } from "./debugger/foreign.ts";

/** Whose code is stopped. */
export type Whose = "user" | "called" | "any";

/** Whose code is stopped, and until when. */
interface StopOptions {
  /** `user` only the user's own code, `called` also what it has called, `any` whatever runs. */
  readonly whose: Whose;
  /** Milliseconds after which it is given up: a single long native call answers nobody. */
  readonly patience: number;
  /** Milliseconds in which the user's code may come to an end. */
  readonly pause: number;
  /** Aborted when nothing needs to be stopped any more. */
  readonly signal: AbortSignal;
}

/**
 * Stops the JavaScript of the main thread. Whatever waits to go on there is lost with it. So the user's code is stopped only when it
 * runs at two looks, and what the kernel itself is doing, such as loading its modules, never: it would be left half done for good.
 */
export function stopCode({ whose, patience, pause, signal }: StopOptions): Promise<void> {
  return new Promise((resolve) => {
    const session = new Session();
    session.connectToMainThread();
    let again: NodeJS.Timeout | undefined;
    const finish = () => {
      clearTimeout(timer);
      clearTimeout(again);
      signal.removeEventListener("abort", finish);
      session.disconnect();
      resolve();
    };
    const timer = setTimeout(finish, patience);
    if (whose === "any") {
      session.post("Runtime.terminateExecution", finish);
      return;
    }
    signal.addEventListener("abort", finish);
    const urls = new Map<string, string>();
    session.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => urls.set(scriptId, url));
    session.on("Debugger.paused", ({ params: { callFrames } }) => {
      const running = callFrames.map(({ location }) => urls.get(location.scriptId) ?? "");
      const isOwn = whose === "user" ? !isUsers(running) : !isCalled(running);
      if (isOwn || again) session.post("Debugger.resume", { terminateOnResume: !isOwn }, finish);
      else {
        session.post("Debugger.resume");
        again = setTimeout(() => session.post("Debugger.pause"), pause);
      }
    });
    session.post("Debugger.enable");
    session.post("Debugger.pause");
  });
}

/** Whether the user's code itself is running, or what of Node's it has called. */
function isUsers(running: readonly string[]): boolean {
  const place = running.findIndex((url) => !url.startsWith("node:"));
  return !isForeign(running[place] ?? "") && !loads(running.slice(0, place));
}

/** Whether a call that the user's code has made is running; one that loads modules has to come to its end. */
function isCalled(running: readonly string[]): boolean {
  const place = running.findIndex((url) => !isForeign(url));
  return place >= 0 && !loads(running.slice(0, place));
}

const loads = (running: readonly string[]): boolean =>
  running.some((url) => url.startsWith("node:internal/modules/"));
