import type { Access } from "@tombolo/bundle";
import { isTable } from "../engine/is-table.ts";
import type { Variables } from "../magics/session.ts";
import type { Store } from "../store/store.ts";

/**
 * The sentence for whoever prints values while there is data that is not public: what he prints himself is his, and nothing but
 * he can keep it out of the file. Undefined where there is no such data.
 */
export async function warningOfPrinting(
  variables: Variables,
  store: Store | undefined,
): Promise<string | undefined> {
  const closed = (await closedVariable(variables)) ?? closedDataset(store);
  if (!closed) return undefined;
  return `What you print yourself is saved with the notebook, values of data that is not public too (${closed.name} is ${closed.access}); tables, maps and charts are not. This is said once.`;
}

interface Closed {
  readonly name: string;
  readonly access: Access;
}

async function closedVariable(variables: Variables): Promise<Closed | undefined> {
  for (const name of variables.names()) {
    const value = variables.get(name);
    if (!isTable(value)) continue;
    // Arrow takes long to load, and whoever has a table has it already.
    const { accessOf } = await import("../engine/result-columns.ts");
    const access = accessOf(value);
    if (access !== "public") return { name, access };
  }
  return undefined;
}

function closedDataset(store: Store | undefined): Closed | undefined {
  const found = store?.datasets().find(({ manifest }) => manifest.access !== "public")?.manifest;
  return found && { name: found.title, access: found.access };
}
