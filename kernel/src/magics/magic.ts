import type { Session } from "./session.ts";

/** What completion offers for a value. */
export type Completion = "variable" | "table" | "importer" | "magic" | "topic" | "file";

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
  /** The only texts allowed. */
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

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
export type OptionValues<Options extends Readonly<Record<string, OptionDeclaration>>> = {
  readonly [Name in keyof Options]?: OptionValue<Options[Name]>;
};

/** What a magic is called with, parsed by its declaration. */
export interface MagicInput<Options extends Readonly<Record<string, OptionDeclaration>>> {
  readonly kind: "line" | "cell";
  readonly words: readonly string[];
  readonly options: OptionValues<Options>;
  /** Lines under a cell magic; empty for a line magic. */
  readonly body: string;
}

/** A magic: one object from which parsing, `--help`, completion and its documentation are made. */
export interface Magic {
  readonly name: string;
  readonly kinds: readonly ("line" | "cell")[];
  /** One sentence, shown by `%lsmagic`. */
  readonly summary: string;
  readonly arguments: readonly ArgumentDeclaration[];
  readonly options: Readonly<Record<string, OptionDeclaration>>;
  /** Language of the lines under a cell magic. */
  readonly body?: "sql" | "yaml";
  /** Lines that can be run as they stand in the first notebook. */
  readonly examples: readonly string[];
  run(session: Session, input: MagicInput<Readonly<Record<string, OptionDeclaration>>>): Promise<unknown>;
}

/** Declares a magic; `run` sees its options with the types of their declarations. */
export function defineMagic<const Options extends Readonly<Record<string, OptionDeclaration>>>(
  magic: Omit<Magic, "options" | "run"> & {
    readonly options: Options;
    run(session: Session, input: MagicInput<Options>): Promise<unknown>;
  },
): Magic {
  return magic;
}
