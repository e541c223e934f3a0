import type { Session } from "./session.ts";

/** What completion offers for a value. */
export type Completion =
  | "matter"
  | "datasource"
  | "geography"
  | "variable"
  | "table"
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
  readonly completes?: Completion;
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
  /** Lines that can be run as they stand in the first notebook. */
  readonly examples: readonly string[];
  /** The TypeScript that the call stands for; without it, a call of `magic(…)`. */
  typescript?(input: MagicInput<OptionDeclarations>): string;
  run(session: Session, input: MagicInput<OptionDeclarations>): Promise<Result> | Result;
}

/** What {@link defineMagic} takes. */
export interface MagicDeclaration<Options extends OptionDeclarations, Result>
  extends Omit<Magic<Result>, "options" | "run" | "typescript"> {
  readonly options: Options;
  typescript?(input: MagicInput<Options>): string;
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

/** The magics of one notebook: the built-in ones and those that the user has added. */
export class Magics {
  readonly #magics = new Map<string, Magic>();

  /** Adds magics that a notebook has from the start; those that the user has added stay. */
  provide(builtIn: readonly Magic[]): void {
    for (const magic of builtIn) if (!this.#magics.has(magic.name)) this.add(magic);
  }

  all(): Magic[] {
    return [...this.#magics.values()];
  }

  find(name: string): Magic | undefined {
    return this.#magics.get(name);
  }

  names(): string[] {
    return [...this.#magics.keys()];
  }

  /** Adds a magic, or replaces the one of the same name. */
  add(magic: Magic): void {
    this.#magics.set(magic.name, magic);
  }
}
