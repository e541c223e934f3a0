import type { SentOutcome } from "../bridge.ts";
import type { Kernel } from "../kernel.ts";
import { UnansweredError } from "../main-thread.ts";
import { type CheckedCell, checkTypes } from "../types.ts";
import { isJson, type Json, type Message } from "../wire.ts";

/** `execute_request`: runs a cell, shows what it gives, and tells how it ended. */
export async function execute(kernel: Kernel, request: Message): Promise<Json | string> {
  const { id, header, content } = request;
  const code = String(content.code ?? "");
  const silent = content.silent === true;
  const counts = !silent && content.store_history !== false;
  if (counts) kernel.executionCount += 1;
  const count = kernel.executionCount;
  if (!silent) kernel.publish("execute_input", header, { code, execution_count: count });
  const label = `In[${count}]`;
  const types = silent ? undefined : await checkTypes(kernel, { code, label, header });
  const expressions = textsOf(content.user_expressions);
  const outcome = types?.refusal
    ? failed(types.refusal)
    : await kernel.main.ask("execute", { parent: id, code, label, expressions }).catch(unanswered);
  types?.ran(outcome);
  if (outcome.result && !silent) {
    kernel.keepBlobs(outcome.result);
    kernel.publish("execute_result", header, `{${outcome.result.json},"execution_count":${count}}`);
  }
  if (counts) {
    const keeps = kernel.settings.get("history") === "on";
    kernel.history.add(count, code, plainTextOf(outcome.result?.json), keeps);
  }
  if (!outcome.error) {
    const payload = JSON.stringify(payloadOf(outcome));
    return `{"status":"ok","execution_count":${count},"payload":${payload},"user_expressions":${outcome.expressions}}`;
  }
  const error = { ...outcome.error };
  if (!silent) kernel.publish("error", header, error);
  const isStopped = error.ename === "InterruptedError";
  if (isStopped || content.stop_on_error !== false) kernel.abortAfter(request);
  return { status: "error", execution_count: count, ...error };
}

function failed(error: NonNullable<CheckedCell["refusal"]>): SentOutcome {
  return { error, expressions: "{}", types: { variables: {}, lines: {} } };
}

function payloadOf({ nextInput }: SentOutcome): Json[] {
  return nextInput ? [{ source: "set_next_input", text: nextInput.text, replace: nextInput.replaces }] : [];
}

function unanswered(error: unknown): SentOutcome {
  if (error instanceof UnansweredError) return failed(error.shown);
  throw error;
}

function textsOf(value: unknown): Record<string, string> {
  const pairs = isJson(value) ? Object.entries(value) : [];
  return Object.fromEntries(pairs.map(([name, code]) => [name, String(code)]));
}

function plainTextOf(json: string | undefined): string | null {
  const bundle: unknown = json === undefined ? undefined : JSON.parse(`{${json}}`);
  const text = isJson(bundle) && isJson(bundle.data) ? bundle.data["text/plain"] : undefined;
  return typeof text === "string" ? text : null;
}
