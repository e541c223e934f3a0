import type { Kernel } from "../kernel.ts";
import type { Json, Message } from "../wire.ts";

/** `create_subshell_request`: a second queue of cells. */
export async function createSubshell(kernel: Kernel): Promise<Json> {
  return { status: "ok", subshell_id: kernel.subshells.create() };
}

/** `delete_subshell_request`: ends such a queue when what waits in it is done. */
export async function deleteSubshell(kernel: Kernel, { content }: Message): Promise<Json> {
  const id = String(content.subshell_id);
  if (kernel.subshells.delete(id)) return { status: "ok" };
  return { status: "error", ename: "Error", evalue: `There is no subshell ${id}`, traceback: [] };
}

/** `list_subshell_request`: the ids of the subshells. */
export async function listSubshells(kernel: Kernel): Promise<Json> {
  return { status: "ok", subshell_id: kernel.subshells.list() };
}
