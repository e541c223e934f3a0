import { markdownTable } from "../markdown.ts";
import type { Store } from "../store/store.ts";
import { boundDataset } from "./bound.ts";
import { type Contract, type ContractInput, inputName, isOwn, ownInputs } from "./contract.ts";
import type { Pack } from "./read-pack.ts";

/** What is bound to the inputs of a pack and what its results are computed on, in Markdown. */
export function describeBound(
  { contract, title, importers }: Pick<Pack, "contract" | "title" | "importers">,
  store: Store,
  data: "dummy" | "real",
): string {
  const own = ownInputs(contract);
  const brought = new Set(importers.map(({ subjectType }) => subjectType.label));
  const rows = contract.inputs.map((input) => {
    const name = inputName(input, contract);
    const state = own.includes(input) ? ownState(input, store) : publicState(input, store);
    const way = own.includes(input) && !brought.has(input.subjectType) ? wayOut(name) : "%bind --public";
    return [name, input.title, input.access, state, way];
  });
  const computed =
    data === "real"
      ? "The results are computed on **real data**; `%bind --off` goes back to dummy data."
      : "The results are computed on **dummy data**.";
  return [
    computed,
    `Inputs of ${title}:`,
    markdownTable(["input", "what it is", "access", "bound", "how"], rows),
  ].join("\n\n");
}

const wayOut = (name: string): string => `%bind ${name}=./your-file.csv`;

function ownState(input: ContractInput, store: Store): string {
  const manifest = boundDataset(input, store.datasets())?.manifest;
  if (manifest) {
    const { subjects, fixedValues, timedValues } = manifest.rows;
    const count = subjects > 0 ? `${subjects} rows` : `${fixedValues + timedValues} values`;
    return `${manifest.title}, ${count}, ${manifest.access}, on ${manifest.source.retrieved.slice(0, 10)}`;
  }
  return isThere(input, store) && isOwn(input) ? "what the store has of that name" : "nothing";
}

const publicState = (input: ContractInput, store: Store): string =>
  isThere(input, store) ? "in the store" : "not imported yet";

const isThere = ({ provider, subjectType }: Contract["inputs"][number], store: Store): boolean =>
  store.catalogue().subjectTypes.some((type) => type.provider === provider && type.label === subjectType);
