import type { Access } from "@tombolo/bundle";
import { isTable, strictestOf } from "../engine/is-table.ts";
import type { Variables } from "../magics/session.ts";
import type { Store } from "../store/store.ts";

/**
 * The sentence for whoever prints values while there is data that is not public: what he prints himself is his, and nothing but
 * he can keep it out of the file. Undefined where there is no such data.
 */
export function warningOfPrinting(variables: Variables, store: Store | undefined): string | undefined {
  const closed = closedAmong(variables, store);
  if (!closed) return undefined;
  return `What you print yourself is saved with the notebook, values of data that is not public too (${closed.name} is ${closed.access}); tables, maps and charts are not. This is said once.`;
}

interface Closed {
  readonly name: string;
  readonly access: Access;
}

/** Something that is not public in a notebook's variables or store; undefined where all is. */
export function closedAmong(variables: Variables, store: Store | undefined): Closed | undefined {
  return closedVariable(variables) ?? closedDataset(store);
}

function closedVariable(variables: Variables): Closed | undefined {
  for (const name of variables.names()) {
    const value = variables.get(name);
    const access = isTable(value) ? strictestOf(value.schema.fields) : "public";
    if (access !== "public") return { name, access };
  }
  return undefined;
}

function closedDataset(store: Store | undefined): Closed | undefined {
  const found = store?.datasets().find(({ manifest }) => manifest.access !== "public")?.manifest;
  return found && { name: found.title, access: found.access };
}
