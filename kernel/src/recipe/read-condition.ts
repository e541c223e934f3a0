import { didYouMean } from "../nearest.ts";
import { COMPARISONS, ConditionReader } from "./condition-text.ts";
import { type Path, RecipeMistake, shown } from "./mistake.ts";
import type { ReadContext } from "./read-field.ts";
import { readOperand } from "./read-property.ts";
import { type Condition, isRecord } from "./recipe.ts";
import { splitShortText } from "./words.ts";

const EXAMPLE = "Such as provider/attribute > 1000 and not name like A%.";
const DEEPEST = 60;

/** A condition in words or as an object. */
export function readCondition(value: unknown, path: Path, context: ReadContext): Condition {
  if (path.length > DEEPEST) throw new RecipeMistake(path.slice(0, 6), "the recipe is nested too deeply");
  if (typeof value === "string") {
    const words = splitShortText(value);
    const reader = new ConditionReader(words, path, context);
    const condition = reader.read();
    const [rest] = words;
    if (rest) throw new RecipeMistake(path, `"${rest.text}" is not understood here`, EXAMPLE);
    return condition;
  }
  if (!isRecord(value)) throw new RecipeMistake(path, "a condition is expected", EXAMPLE);
  refuseOthers(value, path);
  if (value.and !== undefined) return { and: readList(value.and, [...path, "and"], context) };
  if (value.or !== undefined) return { or: readList(value.or, [...path, "or"], context) };
  if (value.not !== undefined) return { not: readCondition(value.not, [...path, "not"], context) };
  return readTest(value, path, context);
}

/** Of and, or and not each stands alone, and a test has a field, what it is, and a value. */
function refuseOthers(value: Readonly<Record<string, unknown>>, path: Path): void {
  const joining = ["and", "or", "not"].find((name) => value[name] !== undefined);
  const test = ["field", "is", ...(value.is === "present" ? [] : ["value"])];
  const known = joining === undefined ? test : [joining];
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other === undefined) return;
  const message =
    joining === undefined ? `a condition has no property "${other}"` : `"${joining}" stands alone`;
  const hint = joining === undefined ? didYouMean(other, ["and", "or", "not", ...known]) : EXAMPLE;
  throw new RecipeMistake([...path, other], message, hint);
}

function readList(value: unknown, path: Path, context: ReadContext): Condition[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new RecipeMistake(path, "a list of conditions is expected", EXAMPLE);
  return value.map((item, index) => readCondition(item, [...path, index], context));
}

function readTest(test: Readonly<Record<string, unknown>>, path: Path, context: ReadContext): Condition {
  if (test.field === undefined) throw new RecipeMistake(path, "a condition names a field", EXAMPLE);
  const field = readOperand(test.field, [...path, "field"], context);
  if (test.is === "present") return { field, is: "present" };
  const comparison = COMPARISONS.find((known) => known === test.is);
  if (!comparison) {
    const wanted = shown(test.is);
    throw new RecipeMistake(
      [...path, "is"],
      `unknown comparison "${wanted}"`,
      didYouMean(wanted, [...COMPARISONS, "present"]),
    );
  }
  const { value } = test;
  if (typeof value === "string" || (typeof value === "number" && Number.isFinite(value)))
    return { field, is: comparison, value };
  throw new RecipeMistake([...path, "value"], "a text or a number is expected");
}
