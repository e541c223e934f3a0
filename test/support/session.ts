import { Magics } from "../../kernel/src/magics/magic.ts";
import type { Session } from "../../kernel/src/magics/session.ts";
import type { Progress } from "../../kernel/src/progress.ts";
import type { Store } from "../../kernel/src/store/store.ts";

/** What a magic did in a {@link testSession}. */
export interface Done {
  readonly written: string[];
  readonly nextInputs: string[];
  readonly warnings: string[];
  readonly progress: Progress[];
}

/** A session as far as magics about recipes need one; anything else it is asked for is an error. */
export function testSession(
  folder: string,
  store: Store,
): { session: Session; done: Done; variables: Map<string, unknown> } {
  const variables = new Map<string, unknown>();
  const done: Done = { written: [], nextInputs: [], warnings: [], progress: [] };
  const known: Partial<Session> = {
    folder,
    magics: new Magics(),
    signal: new AbortController().signal,
    variables: {
      has: (name) => variables.has(name),
      get: (name) => variables.get(name),
      set: (name, value) => void variables.set(name, value),
      names: () => [...variables.keys()],
      clear: () => variables.clear(),
    },
    write: (_, text) => void done.written.push(text),
    store: async () => store,
    work: () => ({
      onWarning: (sentence) => done.warnings.push(sentence),
      onProgress: (progress) => void done.progress.push(progress),
    }),
    setNextInput: (text) => void done.nextInputs.push(text),
  };
  const session = new Proxy(known, {
    get(target, name) {
      if (Object.hasOwn(target, name)) return Reflect.get(target, name);
      throw new Error(`the test's session has no ${String(name)}`);
    },
  });
  return { session: session as Session, done, variables };
}
