import type { Table } from "apache-arrow";
import { Identifier } from "../engine/quote.ts";
import { takenNames } from "../store/views.ts";
import { nameRecipe } from "./recipe.ts";
import type { Session } from "./session.ts";
import { runBoundSql } from "./sql.ts";
import { tableOf } from "./tables.ts";

/**
 * The table of a name: that in a variable of the notebook, else that of the store, which SQL finds under the same name. Throws a
 * UserError with the nearest names of both.
 */
export async function namedTable(session: Session, name: string): Promise<Table> {
  if (!(await isStored(session, name))) {
    const table = tableOf(session, name, await storedNames(session));
    nameRecipe(table, name);
    return table;
  }
  return runBoundSql(session, ["SELECT * FROM ", ""], [new Identifier(name)]);
}

/** Whether a word names a table, in a variable or in the store; behind another table it is a column otherwise. */
export async function isTableName(session: Session, name: string): Promise<boolean> {
  return session.variables.has(name) || (await isStored(session, name));
}

/** Whether a name is that of a table of the store, and of no variable. */
export async function isStored(session: Session, name: string): Promise<boolean> {
  if (session.variables.has(name)) return false;
  const store = await session.store();
  await store.refresh();
  return store.relations().has(name);
}

/** Names under which the store has subjects of some type. */
export async function storedNames(session: Session): Promise<string[]> {
  const store = await session.store();
  const general = takenNames([]);
  return [...store.relations().keys()].filter((name) => !general.has(name));
}
