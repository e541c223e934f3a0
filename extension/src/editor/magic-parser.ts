import {
  type Input,
  NodeProp,
  NodeSet,
  NodeType,
  Parser,
  type PartialParse,
  parseMixed,
  Tree,
  type TreeFragment,
} from "@lezer/common";
import { styleTags, tags } from "@lezer/highlight";
import { findMagics, MAGIC_LANGUAGES } from "@tombolo/bundle";

/** Parsers of the languages that a cell can be written in, by the names that magics give them. */
export type Languages = Readonly<Record<string, Parser | undefined>>;

const NAMES = ["Cell", "Code", "MagicName", "MagicOption", "MagicText", "MagicWords", "Body"] as const;
type Name = (typeof NAMES)[number];

const styles = styleTags({
  MagicName: tags.definitionKeyword,
  MagicOption: tags.attributeName,
  MagicText: tags.string,
  MagicWords: tags.variableName,
});

const nodes = new NodeSet(
  NAMES.map((name, id) => NodeType.define({ id, name, top: name === "Cell" })),
).extend(styles);

/** The language of what is inside a body. */
const language = new NodeProp<string>({ perNode: true });

/** Words of a magic's line: options, texts in quotes, and the rest. */
const WORD = /(--?[A-Za-z][\w-]*)|("[^"]*"?|'[^']*'?)|([^\s"']+)/g;

/**
 * Reads a cell as the kernel does: by the same function it finds the magics, and what is between them is TypeScript, what
 * is under a cell magic the language that the magic says.
 */
export class MagicParser extends Parser {
  readonly #inside: ReturnType<typeof parseMixed>;

  constructor(languages: Languages) {
    super();
    this.#inside = parseMixed((node) => {
      if (node.name === "Cell") {
        const parser = languages["typescript"];
        return parser ? { parser, overlay: ({ name }) => name === "Code" } : null;
      }
      const parser = node.name === "Body" ? languages[node.tree?.prop(language) ?? ""] : undefined;
      return parser ? { parser } : null;
    });
  }

  createParse(
    input: Input,
    fragments: readonly TreeFragment[],
    ranges: readonly { from: number; to: number }[],
  ): PartialParse {
    const tree = cellTree(input.read(0, input.length));
    const parse: PartialParse = {
      parsedPos: input.length,
      stoppedAt: null,
      stopAt: () => undefined,
      advance: () => tree,
    };
    return this.#inside(parse, input, fragments, ranges);
  }
}

/** Children of a tree as they are found. */
class Children {
  readonly trees: Tree[] = [];
  readonly positions: number[] = [];

  add(name: Name, from: number, to: number, props?: [NodeProp<string>, string][]): void {
    if (to <= from) return;
    this.trees.push(new Tree(typeOf(name), [], [], to - from, props));
    this.positions.push(from);
  }
}

function cellTree(text: string): Tree {
  const children = new Children();
  let copied = 0;
  for (const { name, line, start, end, body } of findMagics(text, (known) =>
    Object.hasOwn(MAGIC_LANGUAGES, known),
  )) {
    children.add("Code", copied, start);
    const lineStart = text.indexOf(name, start) + name.length;
    children.add("MagicName", start, lineStart);
    addWords(children, line, lineStart);
    if (body !== undefined) {
      const inside = MAGIC_LANGUAGES[name]?.body ?? "";
      children.add("Body", end - body.length, end, [[language, inside]]);
    }
    copied = end;
  }
  children.add("Code", copied, text.length);
  return new Tree(typeOf("Cell"), children.trees, children.positions, text.length);
}

function addWords(children: Children, line: string, start: number): void {
  for (const { 0: whole, 1: option, 2: quoted, index } of line.matchAll(WORD)) {
    const name = option ? "MagicOption" : quoted ? "MagicText" : "MagicWords";
    children.add(name, start + index, start + index + whole.length);
  }
}

function typeOf(name: Name): NodeType {
  const type = nodes.types[NAMES.indexOf(name)];
  if (!type) throw new Error(`there is no node ${name}`);
  return type;
}
