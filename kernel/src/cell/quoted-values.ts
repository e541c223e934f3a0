/** What JavaScript and Node say of a value that is not as it must be, with the value in it; and the same without. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^.*is not valid JSON$/s, "A value is not valid JSON"],
  [
    /^(Expected|Unexpected|Bad|Unterminated) .* in JSON at position (\d+).*$/s,
    "A value is not valid JSON at position $2",
  ],
  [/^(Converting circular structure to JSON).*$/s, "$1"],
  [/^Cannot convert .* to a BigInt$/s, "Cannot convert a value to a BigInt"],
  [/^The number .* cannot be converted to a BigInt.*$/s, "A number cannot be converted to a BigInt"],
  [/^Invalid regular expression: .*: ([\w ]+)$/s, "Invalid regular expression: $1"],
  [/^(Cannot use 'in' operator to search for) .*$/s, "$1 something in a value"],
  [
    /^(Cannot (?:create|read|set|assign|delete)[\w ]* property) .* (on|of) (string|number|boolean) .*$/s,
    "$1 $2 a $3",
  ],
  [
    /^(Incorrect locale information|Invalid language tag|Invalid time zone specified|Invalid unit argument).*$/s,
    "$1",
  ],
  [/^Invalid (URL|currency code)\b.*$/s, "Invalid $1"],
  [/^(Failed to parse URL) from .*$/s, "$1"],
  [/^(Invalid (?:count value|code point|flags supplied to RegExp constructor)).*$/s, "$1"],
  [/^Value .* (out of range for Intl\.\w+ options property \w+)$/s, "A value is $1"],
  [/^(Iterator value) .* (is not an entry object)$/s, "$1 $2"],
  [/^(string|number|bigint|boolean) .* (is not iterable).*$/s, "A $1 $2"],
  [/^(Property description must be an object|Object prototype may only be an Object or null): .*$/s, "$1"],
  [/^(Class extends value) .* (is not a constructor or null)$/s, "$1 $2"],
  [/^(The comparison function must be either a function or undefined).*$/s, "$1"],
  [/^(.* called on incompatible receiver) .*$/s, "$1"],
  [/^.*( could not be cloned\.)$/s, "A value$1"],
  [/^(Command failed|Unknown (?:encoding|option)):? .*$/s, "$1"],
  [/^The ".*" (encoding is not supported)$/s, "An $1"],
  [/^(E[A-Z]+: [\w ]+, \w+) .*$/s, "$1"],
  [/^(\w+ E[A-Z_]+) .*$/s, "$1"],
  [/^(spawn(?:Sync)?) .* (E[A-Z]+)$/s, "$1 $2"],
  [/^(.*received) (?:type \w+ )?\(.*$/is, "$1 a value"],
];

/** Sentences with the name of a property or of what was called, which a program may have computed. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(Cannot (?:read|set) properties of \w+ \((?:reading|setting)) '(?<name>.*)'\)$/s, "$1 a computed name)"],
  [
    /^(Cannot (?:add|define|redefine|delete|set|assign to read only) property):? '?(?<name>.*?)'?(?:,.*| (?:of|from) .*)?$/s,
    "$1 of a computed name",
  ],
  [/^(?:Promise resolver )?(?<name>.*) (is not a (?:function|symbol|constructor))$/s, "A value $2"],
  [/^(Cannot find (?:module|package)) '(?<name>.*?)'.*$/s, "$1"],
];

/**
 * The message of an error that JavaScript made itself, without the value that it quotes. Names stay that stand in the user's own
 * text.
 */
export function withoutQuotedValues(message: string, isWritten: (text: string) => boolean): string {
  const found = SENTENCES.find(([pattern]) => pattern.test(message));
  if (found) return message.replace(found[0], found[1]);
  for (const [pattern, without] of NAMES) {
    const name = pattern.exec(message)?.groups?.["name"];
    if (name !== undefined) return isWritten(name) ? message : message.replace(pattern, without);
  }
  return message;
}
