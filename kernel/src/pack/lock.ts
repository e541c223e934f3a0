import type { Store } from "../store/store.ts";
import type { AcceptedPlaces } from "./accepted-places.ts";
import type { Contract } from "./contract.ts";

/** What a pack was made with. Of data that is not public it says how many rows there were, and nothing from which a value could be guessed. */
export interface Lock {
  readonly version: 1;
  readonly inputs: readonly LockedInput[];
  /** What looked like closed values and is none, as its maker says. */
  readonly accepted?: AcceptedPlaces;
}

/** A dataset that the pack read when it was made. */
export interface LockedInput {
  readonly importer: string;
  readonly title: string;
  readonly rows: number;
  readonly source?: { readonly address: string; readonly retrieved: string; readonly sha256: string };
}

/** The datasets of the store that bring what the contract names. */
export function lockOf(store: Store, contract: Contract, accepted?: AcceptedPlaces): Lock {
  const wanted = new Set(
    contract.inputs.flatMap((input) => [
      `${input.provider}/${input.subjectType}`,
      ...input.attributes.map(({ provider, label }) => `${provider}/${label}`),
    ]),
  );
  const used = store
    .datasets()
    .filter(({ manifest }) =>
      [...manifest.subjectTypes, ...manifest.attributes].some(({ provider, label }) =>
        wanted.has(`${provider}/${label}`),
      ),
    );
  return {
    version: 1,
    inputs: used.map(({ manifest: { importer, title, access, rows, source } }) => ({
      importer: access === "public" ? importer : "own file",
      title: access === "public" ? title : "A file of one's own",
      rows: rows.subjects + rows.fixedValues + rows.timedValues,
      ...(access === "public" && {
        source: { address: source.address, retrieved: source.retrieved, sha256: source.digest },
      }),
    })),
    ...(accepted && { accepted }),
  };
}
