/** An option of a command, written `--name` or `--name value`. */
export interface CommandOption {
  readonly type: "boolean" | "string";
  readonly doc: string;
}

type Values<Options extends Readonly<Record<string, CommandOption>>> = {
  readonly [Name in keyof Options]?: { boolean: boolean; string: string }[Options[Name]["type"]] | undefined;
};

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
