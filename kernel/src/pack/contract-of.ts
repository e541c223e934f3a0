import type { Access } from "@tombolo/bundle/access";
import { areaKindNamed } from "../importers/areas/area.ts";
import type {
  AttributeReference,
  AttributeTest,
  Node,
  Plan,
  SetId,
  SubjectSelection,
} from "../recipe/plan-types.ts";
import type { Catalogue } from "../store/store.ts";
import type { Contract, ContractAttribute, ContractInput, Shape } from "./contract.ts";

/** An attribute while its contract is made. */
interface DraftAttribute {
  readonly provider: string;
  readonly label: string;
  readonly values: "fixed" | "timed";
  readonly categories: Set<string>;
}

/** A subject type while its contract is made. */
interface Draft {
  readonly provider: string;
  readonly subjectType: string;
  shape: Shape | undefined;
  readonly names: Set<string>;
  readonly labels: Set<string>;
  readonly attributes: Map<string, DraftAttribute>;
  /** Types of areas that lie inside it. */
  readonly inside: Set<Draft>;
}

/** The contract of some plans: what subjects and attributes they read, described by the catalogue. */
export function contractOf(plans: readonly Plan[], catalogue: Catalogue): Contract {
  const drafts = new Map<string, Draft>();
  for (const plan of plans) new PlanReader(plan, drafts).read();
  return {
    version: 1,
    inputs: [...drafts.values()]
      .filter(({ provider, subjectType }) => provider !== OPEN && subjectType !== OPEN)
      .map((draft) => inputOf(draft, catalogue)),
  };
}

class PlanReader {
  readonly #plan: Plan;
  readonly #drafts: Map<string, Draft>;

  constructor(plan: Plan, drafts: Map<string, Draft>) {
    this.#plan = plan;
    this.#drafts = drafts;
  }

  read(): void {
    for (const set of this.#plan.sets)
      for (const selection of "selections" in set ? set.selections : []) this.#readSelection(selection);
    for (const node of this.#plan.nodes) this.#readNode(node);
  }

  #readSelection(selection: SubjectSelection): void {
    const draft = this.#draft(selection);
    const { match, relation } = selection;
    if (match) (match.attribute === "name" ? draft.names : draft.labels).add(match.pattern);
    if (!relation) return;
    for (const outer of this.#draftsOf(relation.to)) {
      outer.shape = "area";
      if (relation.relation === "within") outer.inside.add(draft);
    }
  }

  #readNode(node: Node): void {
    const own = this.#draftsOf(node.set);
    if (node.op === "fixed" || node.op === "latest" || node.op === "series")
      for (const draft of own) attributeOf(draft, node, node.op === "fixed" ? "fixed" : "timed");
    if (node.op === "match") readTests(own, node.tests);
    if (node.op === "area") setShape(own, "area");
    if (node.op === "length") setShape(own, "line");
    if (node.op === "aggregate") this.#contains(own, this.#draftsOf(node.members));
    if (node.op === "containing") this.#contains(this.#draftsOf(node.container), own);
    if (node.op === "overlap") {
      setShape(this.#draftsOf(node.others), node.measure === "length" ? "line" : "area");
      setShape(own, "area");
    }
  }

  #contains(outer: readonly Draft[], inner: readonly Draft[]): void {
    setShape(outer, "area");
    for (const area of outer) for (const draft of inner) if (draft !== area) area.inside.add(draft);
  }

  #draft({ provider, subjectType }: SubjectSelection): Draft {
    const key = JSON.stringify([provider, subjectType]);
    const known = this.#drafts.get(key);
    if (known) return known;
    const draft: Draft = {
      provider,
      subjectType,
      shape: undefined,
      names: new Set(),
      labels: new Set(),
      attributes: new Map(),
      inside: new Set(),
    };
    this.#drafts.set(key, draft);
    return draft;
  }

  #draftsOf(set: SetId): Draft[] {
    const definition = this.#plan.sets[set];
    if (!definition) return [];
    if ("of" in definition) return this.#draftsOf(definition.of);
    return definition.selections.map((selection) => this.#draft(selection));
  }
}

function readTests(drafts: readonly Draft[], tests: readonly AttributeTest[]): void {
  for (const draft of drafts)
    for (const test of tests) {
      const { categories } = attributeOf(draft, test, "fixed");
      for (const value of test.values ?? []) categories.add(value);
    }
}

function setShape(drafts: readonly Draft[], shape: Shape): void {
  for (const draft of drafts) draft.shape = shape;
}

function attributeOf(
  draft: Draft,
  { provider, attribute }: AttributeReference,
  values: "fixed" | "timed",
): DraftAttribute {
  const key = JSON.stringify([provider, attribute]);
  const entry = draft.attributes.get(key) ?? {
    provider,
    label: attribute,
    values,
    categories: new Set<string>(),
  };
  draft.attributes.set(key, entry);
  return entry;
}

/** Stands for a provider that a recipe leaves open and only a store could tell. */
const OPEN = "*";

function inputOf(draft: Draft, { subjectTypes, attributes }: Catalogue): ContractInput {
  const { provider, subjectType, names, labels } = draft;
  const shape = draft.shape ?? (areaKindNamed(subjectType) ? "area" : "point");
  const type = subjectTypes.find((known) => known.provider === provider && known.label === subjectType);
  return {
    provider,
    subjectType,
    title: type?.name ?? subjectType,
    shape,
    access: type?.access ?? "internal",
    ...(type?.unitOfRecord && { unitOfRecord: type.unitOfRecord }),
    ...(type?.vintage !== undefined && { vintage: type.vintage }),
    names: [...names],
    labels: [...labels],
    rank: rankOf(draft),
    attributes: [...draft.attributes.values()]
      .filter((attribute) => attribute.provider !== OPEN)
      .map((attribute) => describeAttribute(attribute, attributes, type?.access ?? "internal")),
  };
}

function describeAttribute(
  { provider, label, values, categories }: DraftAttribute,
  attributes: Catalogue["attributes"],
  access: Access,
): ContractAttribute {
  const known = attributes.find((attribute) => attribute.provider === provider && attribute.label === label);
  const isText =
    values === "fixed" && (categories.size > 0 || known?.kind === undefined || known.kind === "category");
  return {
    provider,
    label,
    description: known?.description ?? label,
    values,
    type: isText ? "text" : "number",
    ...(known?.unit !== undefined && { unit: known.unit }),
    ...(known?.kind !== undefined && { kind: known.kind }),
    ...(known !== undefined && known.access !== access && { access: known.access }),
    ...(categories.size > 0 && { categories: [...categories] }),
  };
}

/** Areas told apart by their tags, such as parks, are not what others are made up of. */
const isTagged = ({ attributes }: Draft): boolean =>
  [...attributes.values()].some(({ categories }) => categories.size > 0);

/** 0 for areas in which no other areas lie, else one more than the highest of those inside. */
function rankOf(draft: Draft, open: readonly Draft[] = []): number {
  if (open.includes(draft)) return 0;
  const inner = [...draft.inside].filter((area) => area.shape === "area" && !isTagged(area));
  return Math.max(-1, ...inner.map((area) => rankOf(area, [...open, draft]))) + 1;
}
