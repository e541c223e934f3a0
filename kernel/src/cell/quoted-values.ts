/** What JavaScript itself says of a value that is not as it must be, with the value in it; and the same without. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^.*is not valid JSON$/s, "A value is not valid JSON"],
  [
    /^(Expected|Unexpected|Bad|Unterminated) .* in JSON at position (\d+).*$/s,
    "A value is not valid JSON at position $2",
  ],
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
  [/^(.*received) (?:type \w+ )?\(.*$/is, "$1 a value"],
];

/** The message of an error that JavaScript made itself, without the value that it quotes. */
export function withoutQuotedValues(message: string): string {
  const found = SENTENCES.find(([pattern]) => pattern.test(message));
  return found ? message.replace(found[0], found[1]) : message;
}
