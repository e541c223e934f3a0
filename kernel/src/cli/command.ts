/** An option of a command, written `--name` or `--name value`, or several times when it takes a list. */
export interface CommandOption {
  readonly type: "boolean" | "string";
  readonly multiple?: boolean;
  readonly doc: string;
}

type Values<Options extends Readonly<Record<string, CommandOption>>> = {
  readonly [Name in keyof Options]?: ValueOf<Options[Name]> | undefined;
};

type ValueOf<Option extends CommandOption> = CommandOption extends Option
  ? string | boolean | (string | boolean)[]
  : Option extends { multiple: true }
    ? string[]
    : { boolean: boolean; string: string }[Option["type"]];

/** What a command is called with. */
export interface CommandInput<Options extends Readonly<Record<string, CommandOption>>> {
  readonly words: readonly string[];
  readonly options: Values<Options>;
}

/** A command of the command line: one object from which parsing and help are made. */
export interface Command<
  Options extends Readonly<Record<string, CommandOption>> = Readonly<Record<string, CommandOption>>,
> {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly options: Options;
  run(input: CommandInput<Options>): Promise<void>;
}

/** Declares a command; `run` sees its options with their types. */
export function defineCommand<const Options extends Readonly<Record<string, CommandOption>>>(
  command: Command<Options>,
): Command<Options> {
  return command;
}

/** An option as magics declare it. */
interface DeclaredOption {
  readonly type: "text" | "flag";
  readonly doc: string;
}

type CommandOptions<Declared extends Readonly<Record<string, DeclaredOption>>> = {
  readonly [Name in keyof Declared]: CommandOption & {
    readonly type: Declared[Name]["type"] extends "flag" ? "boolean" : "string";
  };
};

/** The options of a command that a magic has too, from their one declaration. */
export function optionsAsDeclared<const Declared extends Readonly<Record<string, DeclaredOption>>>(
  declared: Declared,
): CommandOptions<Declared>;
export function optionsAsDeclared(
  declared: Readonly<Record<string, DeclaredOption>>,
): Readonly<Record<string, CommandOption>> {
  return Object.fromEntries(
    Object.entries(declared).map(([name, { type, doc }]) => [
      name,
      { type: type === "flag" ? "boolean" : "string", doc } as const,
    ]),
  );
}
