import { isNumber } from "./document.ts";
import { type Path, RecipeMistake } from "./mistake.ts";
import type { Comparison } from "./plan-types.ts";
import { type ReadContext, readField } from "./read-field.ts";
import { type Condition, type FieldRecipe, isRecord } from "./recipe.ts";
import { quoteWord, type Word } from "./words.ts";

/** How values are compared. */
export const COMPARISONS: readonly Comparison[] = ["=", "!=", "<", "<=", ">", ">=", "like"];

/** What every subject has. */
const OWN = new Map([
  ["name", "subject-name"],
  ["label", "subject-label"],
]);

const EXAMPLE = 'Such as where provider/attribute > 1000 and not name like "A%".';
const DEEPEST = 50;

/** Reads `test and test or not (test)`; `and` binds closer than `or`. Takes the words it understands from the front. */
export class ConditionReader {
  readonly #words: Word[];
  readonly #path: Path;
  readonly #context: ReadContext;
  #depth = 0;

  constructor(words: Word[], path: Path, context: ReadContext) {
    this.#words = words;
    this.#path = path;
    this.#context = context;
  }

  read(): Condition {
    if (++this.#depth > DEEPEST) throw new RecipeMistake(this.#path, "the condition is nested too deeply");
    const or = [this.#and()];
    while (this.#take("or")) or.push(this.#and());
    this.#depth--;
    return or.length === 1 && or[0] ? or[0] : { or };
  }

  #and(): Condition {
    const and = [this.#not()];
    while (this.#take("and")) and.push(this.#not());
    return and.length === 1 && and[0] ? and[0] : { and };
  }

  #not(): Condition {
    let negated = false;
    while (this.#take("not")) negated = !negated;
    const condition = this.#primary();
    return negated ? { not: condition } : condition;
  }

  #primary(): Condition {
    if (!this.#take("(")) return this.#test();
    const inner = this.read();
    if (!this.#take(")")) throw this.#mistake("a bracket is not closed");
    return inner;
  }

  #test(): Condition {
    const word = this.#words.shift();
    if (!word || word.kind === "sign") throw this.#mistake("an attribute or a column is expected");
    const field = this.#operand(word);
    if (this.#take("exists")) return { field, is: "present" };
    const sign = this.#words.shift();
    const comparison =
      sign && sign.kind !== "quoted" ? COMPARISONS.find((known) => known === sign.text) : undefined;
    if (!comparison) throw this.#mistake(`a comparison is expected after "${word.text}"`);
    const value = this.#words.shift();
    if (!value || value.kind === "sign") throw this.#mistake(`a value is expected after "${sign?.text}"`);
    const isBare = value.kind === "word" && isNumber(value.text);
    return { field, is: comparison, value: isBare ? Number(value.text) : value.text };
  }

  #operand({ text }: Word): FieldRecipe {
    const own = OWN.get(text);
    const column = this.#context.columns.get(text);
    if (column && !this.#context.open.includes(text)) {
      const open = [...this.#context.open, text];
      return readField(column.value, column.path, undefined, { ...this.#context, open });
    }
    return readField(own ? { [own]: null } : { value: text }, this.#path, undefined, {
      ...this.#context,
      original: false,
    });
  }

  #take(text: string): boolean {
    const [word] = this.#words;
    if (word === undefined || word.kind === "quoted" || word.text !== text) return false;
    this.#words.shift();
    return true;
  }

  #mistake(message: string): RecipeMistake {
    return new RecipeMistake(this.#path, message, EXAMPLE);
  }
}

/** A condition in words, when words can say all of it; undefined when they cannot. */
export function writeCondition(condition: Condition): string | undefined {
  if ("and" in condition) return joined(condition.and, "and");
  if ("or" in condition) return joined(condition.or, "or");
  if ("not" in condition) {
    const inner = writeCondition(condition.not);
    return inner === undefined ? undefined : `not (${inner})`;
  }
  const name = nameOf(condition.field);
  if (name === undefined) return undefined;
  if (condition.is === "present") return `${name} exists`;
  const { value } = condition;
  return `${name} ${condition.is} ${typeof value === "number" ? value : quoteWord(value)}`;
}

function joined(conditions: readonly Condition[], word: "and" | "or"): string | undefined {
  const parts = conditions.map(writeCondition);
  if (parts.some((part) => part === undefined)) return undefined;
  return conditions
    .map((each, index) => ("and" in each || "or" in each ? `(${parts[index]})` : parts[index]))
    .join(` ${word} `);
}

function nameOf({ fieldClass, label, attribute, ...others }: FieldRecipe): string | undefined {
  if (label !== undefined || Object.keys(others).length > 0) return undefined;
  if (fieldClass.endsWith(".SubjectNameField")) return "name";
  if (fieldClass === "subject-label") return "label";
  if (fieldClass !== "value" || !isRecord(attribute) || typeof attribute.label !== "string") return undefined;
  const { provider } = attribute;
  return quoteWord(typeof provider === "string" ? `${provider}/${attribute.label}` : attribute.label);
}
