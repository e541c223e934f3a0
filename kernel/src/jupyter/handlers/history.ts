import type { HistoryQuery } from "../history.ts";
import type { Kernel } from "../kernel.ts";
import type { Json, Message } from "../wire.ts";

/** `history_request`: cells that were run, in this run of the kernel and before. */
export async function history(kernel: Kernel, { content }: Message): Promise<Json> {
  const entries = kernel.history.find(queryOf(content));
  const withOutput = content.output === true;
  return {
    status: "ok",
    history: entries.map(({ session, line, input, output }) => [
      session,
      line,
      withOutput ? [input, output] : input,
    ]),
  };
}

function queryOf(content: Json): HistoryQuery {
  const numberOf = (key: string) => (typeof content[key] === "number" ? content[key] : undefined);
  const type = content.hist_access_type;
  const count = numberOf("n");
  const session = numberOf("session");
  const start = numberOf("start");
  const stop = numberOf("stop");
  const pattern = content.pattern;
  return {
    access: type === "range" || type === "search" ? type : "tail",
    unique: content.unique === true,
    ...(count !== undefined && { count }),
    ...(session !== undefined && { session }),
    ...(start !== undefined && { start }),
    ...(stop !== undefined && { stop }),
    ...(typeof pattern === "string" && { pattern }),
  };
}
