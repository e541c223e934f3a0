import { ConditionReader, writeCondition } from "./condition-text.ts";
import { type Path, RecipeMistake } from "./mistake.ts";
import type { GeoRelation } from "./plan-types.ts";
import type { ReadContext } from "./read-field.ts";
import { ANY_PROVIDER, type SubjectRecipe } from "./recipe.ts";
import { mistakeInPattern, quoteWord, splitShortText, type Word } from "./words.ts";

/** Words for the relations of shapes; `in` is the usual one. */
const RELATIONS: Readonly<Record<string, GeoRelation>> = {
  in: "within",
  within: "within",
  containing: "contains",
  crossing: "crosses",
  "disjoint-from": "disjoint",
  equalling: "equals",
  intersecting: "intersects",
  overlapping: "overlaps",
  touching: "touches",
};

/** How to say more than one rule of a kind. */
const MORE_RULES: Readonly<Record<string, string>> = {
  matchRule: 'Patterns are joined by where, such as where label like "E09%" and name like "B%".',
  geoMatchRule: 'Several places are joined by or, such as lsoa in "Leeds" or "York".',
  where: "Conditions are joined by and or or.",
};

const EXAMPLE = 'Such as lsoa in "Leeds", borough named "B%" or sensor labelled "s1".';

/**
 * Subjects in words: `[provider/]type [named "pattern"] [labelled "pattern"] [in place or place] [where condition]`. A place is
 * the name of an area in quotes, or subjects again.
 */
export function readSubjectText(text: string, path: Path, context: ReadContext): SubjectRecipe {
  const words = splitShortText(text);
  const parts = words.filter((word) => isKeyword(word));
  if (parts.length === 0) return splitType(text.trim());
  const reader = new SubjectReader(words, path, context);
  const subject = reader.subject(true);
  reader.end();
  return subject;
}

const KEYWORDS = new Set(["named", "labelled", "where", ...Object.keys(RELATIONS)]);

function isKeyword({ text, kind }: Word): boolean {
  return kind === "word" && KEYWORDS.has(text);
}

function splitType(text: string): SubjectRecipe {
  const slash = text.lastIndexOf("/");
  return slash < 0
    ? { provider: ANY_PROVIDER, subjectType: text }
    : { provider: text.slice(0, slash), subjectType: text.slice(slash + 1) };
}

class SubjectReader {
  readonly #words: Word[];
  readonly #path: Path;
  readonly #context: ReadContext;

  constructor(words: Word[], path: Path, context: ReadContext) {
    this.#words = words;
    this.#path = path;
    this.#context = context;
  }

  subject(top: boolean): SubjectRecipe {
    const type = this.#type();
    let rules: Partial<SubjectRecipe> = {};
    for (;;) {
      const [next] = this.#words;
      if (!next || !isKeyword(next)) break;
      if (!top && next.text === "where") break;
      this.#words.shift();
      const rule = this.#rule(next.text);
      const [twice] = Object.keys(rule).filter((name) => Object.hasOwn(rules, name));
      if (twice !== undefined)
        throw new RecipeMistake(this.#path, `"${next.text}" is one rule too many`, MORE_RULES[twice]);
      rules = { ...rules, ...rule };
    }
    return { ...type, ...rules };
  }

  end(): void {
    const [word] = this.#words;
    if (word) throw new RecipeMistake(this.#path, `"${word.text}" is not understood here`, EXAMPLE);
  }

  #type(): SubjectRecipe {
    const word = this.#words.shift();
    if (!word || word.kind === "sign" || isKeyword(word))
      throw new RecipeMistake(this.#path, "a subject type is expected", EXAMPLE);
    return splitType(word.text);
  }

  #rule(keyword: string): Partial<SubjectRecipe> {
    if (keyword === "where")
      return { where: new ConditionReader(this.#words, [...this.#path, "where"], this.#context).read() };
    if (keyword === "named") return { matchRule: { attribute: "name", pattern: this.#text(keyword) } };
    if (keyword === "labelled") return { matchRule: { attribute: "label", pattern: this.#text(keyword) } };
    const geoRelation = RELATIONS[keyword];
    if (!geoRelation) throw new Error(`no relation ${keyword}`);
    const subjects = [this.#place()];
    while (this.#words[0]?.kind === "word" && this.#words[0].text === "or") {
      this.#words.shift();
      subjects.push(this.#place());
    }
    return { geoMatchRule: { geoRelation, subjects } };
  }

  #text(keyword: string): string {
    const word = this.#words.shift();
    if (word && word.kind !== "sign") return this.#pattern(word);
    throw new RecipeMistake(this.#path, `a pattern is expected after "${keyword}"`, EXAMPLE);
  }

  #pattern({ text }: Word): string {
    const wrong = mistakeInPattern(text);
    if (wrong !== undefined) throw new RecipeMistake(this.#path, wrong);
    return text;
  }

  /** An area by its name in quotes, or subjects; a name in quotes after a type stands for `named`. */
  #place(): SubjectRecipe {
    const [word] = this.#words;
    if (word?.kind === "quoted") {
      this.#words.shift();
      return {
        provider: ANY_PROVIDER,
        subjectType: "*",
        matchRule: { attribute: "name", pattern: this.#pattern(word) },
      };
    }
    const type = this.#type();
    const [next] = this.#words;
    if (next?.kind === "quoted") {
      this.#words.shift();
      return { ...type, matchRule: { attribute: "name", pattern: this.#pattern(next) } };
    }
    this.#words.unshift({ text: writeType(type), kind: "quoted", at: 0 });
    return this.subject(false);
  }
}

function writeType({ provider, subjectType }: SubjectRecipe): string {
  return provider === ANY_PROVIDER ? subjectType : `${provider}/${subjectType}`;
}

/** Subjects in words, when words can say all of it; undefined when they cannot. */
export function writeSubjectText(subject: SubjectRecipe): string | undefined {
  const { matchRule, geoMatchRule, where } = subject;
  const type = writeType(subject);
  const bare = splitType(type);
  const again = bare.subjectType === subject.subjectType && bare.provider === subject.provider;
  if (!again || type.trim() !== type || type === "" || /["'\\]/.test(type)) return undefined;
  const parts = [/[\s=<>!(),]/.test(type) || KEYWORDS.has(type) ? quoteWord(type) : type];
  if (!matchRule && !geoMatchRule && !where && parts[0] !== type) return type;
  if (matchRule)
    parts.push(matchRule.attribute === "name" ? "named" : "labelled", quoteWord(matchRule.pattern));
  if (geoMatchRule) {
    const word = Object.keys(RELATIONS).find((key) => RELATIONS[key] === geoMatchRule.geoRelation);
    const places = geoMatchRule.subjects.map(writePlace);
    if (!word || places.length === 0 || places.some((place) => place === undefined)) return undefined;
    parts.push(word, places.join(" or "));
  }
  if (where) {
    const condition = writeCondition(where);
    if (condition === undefined) return undefined;
    parts.push("where", condition);
  }
  return parts.join(" ");
}

function writePlace(place: SubjectRecipe): string | undefined {
  if (place.where || place.geoMatchRule) return undefined;
  const { matchRule, provider, subjectType } = place;
  if (subjectType === "*" && provider === ANY_PROVIDER && matchRule?.attribute === "name")
    return quoteWord(matchRule.pattern);
  return subjectType === "*" ? undefined : writeSubjectText(place);
}
