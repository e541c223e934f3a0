import { AsyncLocalStorage } from "node:async_hooks";
import type { MessagePort } from "node:worker_threads";
import { completeCell } from "../cell/complete.ts";
import type { Shown as ShownValue } from "../cell/display.ts";
import type { ShownError } from "../cell/errors.ts";
import { inspectAt } from "../cell/inspect.ts";
import { completenessOf } from "../cell/is-complete.ts";
import { Notebook } from "../cell/notebook.ts";
import type { Answer, Question, Questions, SentBundle, SentOutcome, ToMain, ToProtocol } from "./bridge.ts";
import { captureOutput } from "./output.ts";
import { guardProcess } from "./process.ts";
import { Streams } from "./streams.ts";

type Answers = {
  readonly [Kind in keyof Questions]: (input: Questions[Kind]["input"]) => Promise<Questions[Kind]["answer"]>;
};

const STREAM_INTERVAL = 100;
const STREAM_CHARACTERS = 64 * 1024;

/** Runs cells on this thread for the protocol thread at the other end of the port. */
export function serveCells(port: MessagePort): void {
  const post = (message: ToProtocol) => port.postMessage(message);
  const parents = new CurrentParent();
  const streams = new Streams(
    (part) => post({ type: "stream", ...part }),
    STREAM_INTERVAL,
    STREAM_CHARACTERS,
  );
  const write = (name: "stdout" | "stderr", text: string) =>
    streams.add({ parent: parents.get(), name, text });
  const show = (message: ToProtocol) => {
    streams.flush();
    post(message);
  };
  const notebook = new Notebook(process.cwd(), {
    stream: write,
    show: (type, shown, id) => show({ type, parent: parents.get(), id, bundle: bundleOf(shown) }),
    clear: (wait) => show({ type: "clear_output", parent: parents.get(), wait }),
  });
  captureOutput(write);
  const exit = guardProcess({
    failed: (error) => write("stderr", `${notebook.describe(error).traceback.join("\n")}\n`),
    interrupted: () => post({ type: "interruptRequested" }),
  });
  const answers: Answers = {
    execute: ({ parent, ...request }) =>
      parents.run(parent, async () => {
        const outcome = await notebook.run(request);
        const sent = sentOutcome(outcome, (error) => notebook.describe(error));
        streams.flush();
        return sent;
      }),
    complete: ({ code, cursor }) => completeCell(notebook, code, cursor),
    inspect: ({ code, cursor }) => inspectAt(notebook, code, cursor),
    isComplete: async ({ code }) => completenessOf(code),
  };
  async function answer<Kind extends keyof Questions>({
    kind,
    number,
    input,
  }: Question<Kind>): Promise<void> {
    try {
      const given = await answers[kind](input);
      const message: Answer<Kind> = { type: "answer", kind, number, answer: given };
      port.postMessage(message);
    } catch (error) {
      post({ type: "failure", kind, number, error: notebook.describe(error) });
    }
  }
  port.on("message", (message: ToMain) => {
    if (message.type === "exit") return exit();
    if (message.type === "question") return void answer(message);
    notebook.interrupt();
    post({ type: "alive" });
  });
  post({ type: "alive" });
}

/** The request that what is printed now belongs to. */
class CurrentParent {
  #newest = "";
  // On older Node versions this would switch on async hooks, with which stopping a cell can abort the process.
  readonly #storage =
    Number(process.versions.node.split(".")[0]) >= 24 ? new AsyncLocalStorage<string>() : undefined;

  get(): string {
    return this.#storage?.getStore() ?? this.#newest;
  }

  run<Result>(parent: string, work: () => Promise<Result>): Promise<Result> {
    this.#newest = parent;
    return this.#storage ? this.#storage.run(parent, work) : work();
  }
}

function bundleOf({ data, metadata, blobs }: ShownValue): SentBundle {
  const json = `"data":${JSON.stringify(data)},"metadata":${JSON.stringify(metadata)}`;
  return blobs ? { json, blobs } : { json };
}

function sentOutcome(
  { error, result, expressions }: Awaited<ReturnType<Notebook["run"]>>,
  describe: (error: unknown) => ShownError,
): SentOutcome {
  try {
    const answers = Object.entries(expressions).map(([name, value]) => {
      return [
        name,
        "ename" in value
          ? { status: "error", ...value }
          : { status: "ok", data: value.data, metadata: value.metadata },
      ];
    });
    const sent = { expressions: JSON.stringify(Object.fromEntries(answers)), ...(error && { error }) };
    return result ? { ...sent, result: bundleOf(result) } : sent;
  } catch (failure) {
    // A display method may return what is no JSON, such as a bigint.
    return { expressions: "{}", error: error ?? describe(failure) };
  }
}
