import type { HistoryQuery } from "../history.ts";
import type { Kernel } from "../kernel.ts";
import type { Json, Message } from "../wire.ts";

const SESSION = 1;

/** `history_request`: cells that were run since the kernel started. */
export async function history(kernel: Kernel, { content }: Message): Promise<Json> {
  const entries = kernel.history.find(queryOf(content));
  const withOutput = content.output === true;
  return {
    status: "ok",
    history: entries.map(({ line, input, output }) => [SESSION, line, withOutput ? [input, output] : input]),
  };
}

function queryOf(content: Json): HistoryQuery {
  const numberOf = (key: string) => (typeof content[key] === "number" ? content[key] : undefined);
  const type = content.hist_access_type;
  const count = numberOf("n");
  const start = numberOf("start");
  const stop = numberOf("stop");
  const pattern = content.pattern;
  return {
    access: type === "range" || type === "search" ? type : "tail",
    unique: content.unique === true,
    ...(count !== undefined && { count }),
    ...(start !== undefined && { start }),
    ...(stop !== undefined && { stop }),
    ...(typeof pattern === "string" && { pattern }),
  };
}
