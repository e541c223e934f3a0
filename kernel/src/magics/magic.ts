import type { Session } from "./session.ts";

/** What completion offers for a value. */
export type Completion =
  | "matter"
  | "datasource"
  | "geography"
  | "variable"
  | "table"
  | "column"
  | "heading"
  | "palette"
  | "city"
  | "area kind"
  | "importer"
  | "magic"
  | "topic"
  | "file"
  | "setting";

/** A positional argument of a magic. */
export interface ArgumentDeclaration {
  readonly name: string;
  readonly doc: string;
  readonly required: boolean;
  /** Takes all the words that follow; only the last argument can. */
  readonly rest?: boolean;
  /** What completion offers; or the texts themselves, given the words before. */
  readonly completes?: Completion | ((words: readonly string[]) => readonly string[]);
}

/** An option of a magic, written `--name value`; a flag is written `--name` alone. */
export interface OptionDeclaration {
  readonly type: "text" | "integer" | "flag";
  readonly doc: string;
  /** One letter by which the option can also be written, as `-n 5`. */
  readonly letter?: string;
  /** The only texts allowed. */
  readonly values?: readonly string[];
  readonly completes?: Completion;
  /** Signs between the names where it takes several: completion goes on behind each. */
  readonly separators?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The options of a magic by name. */
export type OptionDeclarations = Readonly<Record<string, OptionDeclaration>>;

type OptionValue<Declaration extends OptionDeclaration> = OptionDeclaration extends Declaration
  ? string | number | boolean
  : Declaration extends { type: "flag" }
    ? boolean
    : Declaration extends { type: "integer" }
      ? number
      : Declaration extends { values: readonly (infer Text)[] }
        ? Text
        : string;

/** The values of declared options, each with the type of its declaration; those not given are absent. */
export type OptionValues<Options extends OptionDeclarations> = {
  readonly [Name in keyof Options]?: OptionValue<Options[Name]>;
};

/** What a magic is called with, parsed by its declaration. */
export interface MagicInput<Options extends OptionDeclarations> {
  readonly kind: "line" | "cell";
  readonly words: readonly string[];
  readonly options: OptionValues<Options>;
  /** The line as it stands, without the options in front of it. */
  readonly text: string;
  /** Lines under a cell magic; empty for a line magic. */
  readonly body: string;
  /** Line of the cell on which the magic stands, counted from 1. */
  readonly row: number;
  /** Whether the value goes into a variable. */
  readonly assigned: boolean;
}

/** A magic: one object from which parsing, `--help`, `--show`, completion, types and documentation are made. */
export interface Magic<Result = unknown> {
  readonly name: string;
  readonly kinds: readonly ("line" | "cell")[];
  /** One sentence, shown by `%lsmagic`. */
  readonly summary: string;
  readonly arguments: readonly ArgumentDeclaration[];
  readonly options: OptionDeclarations;
  /** Language of the rest of the line when it is not words: it is taken as it stands, options come before it. */
  readonly line?: "typescript" | "shell" | "sql";
  /** Language of the lines under a cell magic. */
  readonly body?: "sql" | "yaml" | "typescript" | "shell" | "text" | "html" | "markdown";
  /** Whether its value is that of code of the user's, which is shown only where the code's own would be: at the end of a cell. */
  readonly runsCode?: true;
  /** Lines that can be run as they stand in the first notebook. */
  readonly examples: readonly string[];
  /** The TypeScript that the call stands for; without it, a call of `magic(…)`. A word is a table when it is a variable or a query. */
  typescript?(input: MagicInput<OptionDeclarations>, isTable: (name: string) => boolean): string;
  /** A value of the type that `run` would give, without doing the work; undefined when only the run can tell. */
  foresee?(session: Session, input: MagicInput<OptionDeclarations>): Promise<Result | undefined>;
  run(session: Session, input: MagicInput<OptionDeclarations>): Promise<Result> | Result;
}

/** What {@link defineMagic} takes. */
export interface MagicDeclaration<Options extends OptionDeclarations, Result>
  extends Omit<Magic<Result>, "options" | "run" | "typescript" | "foresee"> {
  readonly options: Options;
  typescript?(input: MagicInput<Options>, isTable: (name: string) => boolean): string;
  foresee?(session: Session, input: MagicInput<Options>): Promise<Result | undefined>;
  run(session: Session, input: MagicInput<Options>): Promise<Result> | Result;
}

/** The type of a magic's result. */
export type ResultOf<Declared> = Declared extends Magic<infer Result> ? Result : never;

/** Declares a magic; `run` sees its options with the types of their declarations. */
export function defineMagic<const Options extends OptionDeclarations, Result>(
  declaration: MagicDeclaration<Options, Result>,
): Magic<Result> {
  return declaration;
}

/** What can be known of a magic without loading what it needs. */
export type MagicOutline = Pick<Magic, "kinds" | "summary" | "line" | "body">;

/** Magics that a notebook has from the start, each loaded when it is asked for. */
export interface BuiltInMagics {
  readonly outlines: Readonly<Record<string, MagicOutline>>;
  readonly loaders: Readonly<Record<string, () => Promise<Magic>>>;
}

/** The magics of one notebook: the built-in ones and those that the user has added. */
export class Magics {
  readonly #builtIn: BuiltInMagics;
  readonly #own = new Map<string, Magic>();

  constructor(builtIn: BuiltInMagics = { outlines: {}, loaders: {} }) {
    this.#builtIn = builtIn;
  }

  /** What is known of all magics, in the order of their names. */
  outlines(): [string, MagicOutline][] {
    const all = new Map<string, MagicOutline>([...Object.entries(this.#builtIn.outlines), ...this.#own]);
    return [...all].sort(([first], [second]) => (first < second ? -1 : 1));
  }

  names(): string[] {
    return this.outlines().map(([name]) => name);
  }

  has(name: string): boolean {
    return this.#own.has(name) || Object.hasOwn(this.#builtIn.loaders, name);
  }

  /** The magic of that name; undefined when there is none. */
  async load(name: string): Promise<Magic | undefined> {
    const { loaders } = this.#builtIn;
    return this.#own.get(name) ?? (Object.hasOwn(loaders, name) ? loaders[name]?.() : undefined);
  }

  /** Adds a magic, or replaces the one of the same name. */
  add(magic: Magic): void {
    this.#own.set(magic.name, magic);
  }
}
