import type { MessagePort } from "node:worker_threads";
import { completeCell } from "../cell/complete.ts";
import type { Shown as ShownValue } from "../cell/display.ts";
import type { ShownError } from "../cell/errors.ts";
import { inspectAt } from "../cell/inspect.ts";
import { type CellOutcome, Notebook } from "../cell/notebook.ts";
import { Current } from "../engine/current.ts";
import { Asking } from "./asking.ts";
import type {
  Answer,
  BlockingChannel,
  Question,
  Questions,
  SentBundle,
  SentOutcome,
  ToMain,
  ToProtocol,
} from "./bridge.ts";
import { DebuggedNotebook } from "./debugger/debugged-notebook.ts";
import { captureOutput } from "./output.ts";
import { guardProcess } from "./process.ts";
import { Streams } from "./streams.ts";

type Answers = {
  readonly [Kind in keyof Questions]: (input: Questions[Kind]["input"]) => Promise<Questions[Kind]["answer"]>;
};

const STREAM_INTERVAL = 100;
const STREAM_CHARACTERS = 64 * 1024;

/** Runs cells on this thread for the protocol thread at the other end of the port. */
export function serveCells(port: MessagePort, input: BlockingChannel): void {
  const post = (message: ToProtocol) => port.postMessage(message);
  // The request that what is printed now belongs to.
  const current = new Current<string>();
  const parent = () => current.get() ?? "";
  const streams = new Streams(
    (part) => post({ type: "stream", ...part }),
    STREAM_INTERVAL,
    STREAM_CHARACTERS,
  );
  const show = (message: ToProtocol) => {
    streams.flush();
    post(message);
  };
  const asking = new Asking(show, input);
  const notebook = new Notebook(process.cwd(), {
    stream: (name, text) => streams.add({ parent: parent(), name, text }),
    show: (type, shown, id) => show({ type, parent: parent(), id, bundle: bundleOf(shown) }),
    clear: (wait) => show({ type: "clear_output", parent: parent(), wait }),
    ask: (question, password) => asking.ask(parent(), question, password),
    askAndWait: (question, password) => asking.askAndWait(parent(), question, password),
    settingChanged: (name, value) => post({ type: "setting", name, value }),
    sendComm: (event) => show({ type: "comm", parent: parent(), ...event }),
    compiled: (url, text) => debugged.compiled(url, text),
  });
  const debugged = new DebuggedNotebook(notebook, (number, code) => post({ type: "compiled", number, code }));
  const write = (name: "stdout" | "stderr", text: string) => notebook.session.write(name, text);
  const complain = (error: unknown) => write("stderr", `${notebook.describe(error).traceback.join("\n")}\n`);
  captureOutput((name, text) => notebook.session.print(name, text));
  const exit = guardProcess({
    failed: complain,
    interrupted: () => post({ type: "interruptRequested" }),
  });
  const answers: Answers = {
    execute: ({ parent, ...request }) =>
      current.run(parent, async () => {
        const outcome = await notebook.run(request);
        const sent = sentOutcome(outcome, (error) => notebook.describe(error));
        streams.flush();
        return sent;
      }),
    complete: ({ code, cursor }) => completeCell(notebook, code, cursor),
    foresee: ({ code }) => notebook.foresee(code),
    inspect: ({ code, cursor }) => inspectAt(notebook, code, cursor),
    debug: async ({ on }) => debugged.turn(on),
    variables: async ({ reference }) => {
      if (reference !== 0) return debugged.lists.members(reference);
      debugged.lists.clear();
      return debugged.globals();
    },
    rich: async ({ name }) => {
      const found = await debugged.rich(name);
      return found?.shown && bundleOf(found.shown);
    },
    comm: ({ parent, ...event }) =>
      current.run<"received">(parent, async () => {
        await notebook.session.comms.receive(event).catch(complain);
        streams.flush();
        return "received";
      }),
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
    if (message.type === "input") return asking.answer(message);
    if (message.type === "proceed") return debugged.proceed(message.number);
    notebook.interrupt();
    post({ type: "alive" });
  });
  post({ type: "alive" });
}

function bundleOf({ data, metadata, blobs }: ShownValue): SentBundle {
  const json = `"data":${JSON.stringify(data)},"metadata":${JSON.stringify(metadata)}`;
  return blobs ? { json, blobs } : { json };
}

function sentOutcome(
  { error, result, expressions, types, nextInput }: CellOutcome,
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
    return {
      expressions: JSON.stringify(Object.fromEntries(answers)),
      types,
      ...(error && { error }),
      ...(nextInput && { nextInput }),
      ...(result && { result: bundleOf(result) }),
    };
  } catch (failure) {
    // A display method may return what is no JSON, such as a bigint.
    return { expressions: "{}", types, error: error ?? describe(failure) };
  }
}
