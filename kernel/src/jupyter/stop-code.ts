import { Session } from "node:inspector";
import { isForeign } from "./debugger/foreign.ts";

/**
 * Stops the JavaScript of the main thread: `user` only where code of the user's runs, `any` whatever runs. Our own, such as modules
 * that are being loaded, would be left half done for good, and ends by itself. Settles when that is decided, or after some
 * milliseconds: a single long native call answers nobody.
 */
export function stopCode(whose: "user" | "any", patience: number): Promise<void> {
  return new Promise((resolve) => {
    const session = new Session();
    session.connectToMainThread();
    const finish = () => {
      clearTimeout(timer);
      session.disconnect();
      resolve();
    };
    const timer = setTimeout(finish, patience);
    if (whose === "any") {
      session.post("Runtime.terminateExecution", finish);
      return;
    }
    const users = new Set<string>();
    session.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => {
      if (!isForeign(url)) users.add(scriptId);
    });
    session.on("Debugger.paused", ({ params: { callFrames } }) => {
      const terminateOnResume = callFrames.some(({ location }) => users.has(location.scriptId));
      session.post("Debugger.resume", { terminateOnResume }, finish);
    });
    session.post("Debugger.enable");
    session.post("Debugger.pause");
  });
}
