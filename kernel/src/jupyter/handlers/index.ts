import { commClose, commInfo, commMessage, commOpen } from "./comm.ts";
import { complete } from "./complete.ts";
import { debug } from "./debug.ts";
import { execute } from "./execute.ts";
import type { Answering, Handler } from "./handler.ts";
import { history } from "./history.ts";
import { inspect } from "./inspect.ts";
import { interrupt } from "./interrupt.ts";
import { isComplete } from "./is-complete.ts";
import { kernelInfo } from "./kernel-info.ts";
import { shutdown } from "./shutdown.ts";
import { createSubshell, deleteSubshell, listSubshells } from "./subshell.ts";
import { usage } from "./usage.ts";

/** Message type → what is done with it. */
export const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["kernel_info_request", { answer: kernelInfo }],
  ["execute_request", { answer: execute, queued: true }],
  ["complete_request", { answer: complete }],
  ["inspect_request", { answer: inspect }],
  ["is_complete_request", { answer: isComplete }],
  ["history_request", { answer: history }],
  ["comm_info_request", { answer: commInfo }],
  ["comm_open", { answer: commOpen }],
  ["comm_msg", { answer: commMessage }],
  ["comm_close", { answer: commClose }],
  ["create_subshell_request", { answer: createSubshell }],
  ["delete_subshell_request", { answer: deleteSubshell }],
  ["list_subshell_request", { answer: listSubshells }],
  ["usage_request", { answer: usage }],
  ["debug_request", { answer: debug }],
  ["interrupt_request", { answer: interrupt }],
  ["shutdown_request", { answer: shutdown }],
]);

export type { Answering };
