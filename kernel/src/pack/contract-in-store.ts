import type { Store } from "../store/store.ts";
import type { Contract, ContractAttribute, ContractInput } from "./contract.ts";

/**
 * A contract with what neither recipe nor catalogue tells, where the store has it: which kind of shape the subjects have, and
 * whether values of unknown meaning are numbers. Nothing else is learnt from the data.
 */
export async function asInStore({ engine }: Store, contract: Contract): Promise<Contract> {
  const inputs = await Promise.all(
    contract.inputs.map(async (input) => {
      const shape = await shapeOf(engine, input);
      const attributes = await Promise.all(input.attributes.map((each) => typed(engine, input, each)));
      return { ...input, ...(shape && { shape }), attributes };
    }),
  );
  return { ...contract, inputs };
}

async function shapeOf(engine: Store["engine"], { provider, subjectType }: ContractInput) {
  const found = await engine.query(
    `SELECT ST_Dimension(shape) AS dimension FROM subjects
     WHERE provider = ? AND subject_type = ? AND shape IS NOT NULL LIMIT 1`,
    { parameters: [provider, subjectType] },
  );
  return (["point", "line", "area"] as const)[Number(found.getChild("dimension")?.get(0) ?? -1)];
}

async function typed(
  engine: Store["engine"],
  { provider, subjectType }: ContractInput,
  attribute: ContractAttribute,
): Promise<ContractAttribute> {
  const { provider: owner, label, values, kind, categories } = attribute;
  if (values !== "fixed" || kind !== undefined || categories !== undefined) return attribute;
  const found = await engine.query(
    `SELECT count(*) > 0 AND count(*) = count(TRY_CAST(value AS DOUBLE)) AS numbers FROM fixed_values
     WHERE subject_provider = ? AND subject_type = ? AND provider = ? AND attribute = ?`,
    { parameters: [provider, subjectType, owner, label] },
  );
  return found.getChild("numbers")?.get(0) === true ? { ...attribute, type: "number" } : attribute;
}
