import type { MimeBundle } from "@tombolo/bundle";

/** What a formatter answers: a bundle, or a record of MIME types. */
export type FormatterAnswer = MimeBundle | Readonly<Record<string, unknown>>;

interface Formatter {
  readonly test: (value: unknown) => boolean;
  readonly format: (value: unknown) => FormatterAnswer | Promise<FormatterAnswer>;
}

const registered: Formatter[] = [];

/** Forms of display that the user has taught; the newest is asked first. */
export const formatters = {
  /** Shows the values that pass a test in a form of one's own; returns what takes the form away again. */
  register<Value>(
    test: ((value: unknown) => value is Value) | ((value: unknown) => boolean),
    format: (value: Value) => FormatterAnswer | Promise<FormatterAnswer>,
  ): () => void {
    const formatter: Formatter = { test, format: (value) => Reflect.apply(format, undefined, [value]) };
    registered.unshift(formatter);
    return () => {
      registered.splice(registered.indexOf(formatter), 1);
    };
  },

  /** Whether no form was taught. */
  get isEmpty(): boolean {
    return registered.length === 0;
  },

  /** The answer of the first formatter whose test the value passes. */
  async format(value: unknown): Promise<FormatterAnswer | undefined> {
    return registered.find(({ test }) => test(value))?.format(value);
  },
};
