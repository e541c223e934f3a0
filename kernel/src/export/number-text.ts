/**
 * A double as the shortest text that reads back to it, always with a decimal part, in scientific form below 0.001 and from
 * 10,000,000 on: `100.0`, `1.0E-4`, `1.2345678E7`.
 */
export function doubleText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = "", exponent = "0"] = value.toExponential().split("e");
    return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(exponent)}`;
  }
  const text = String(value);
  if (Object.is(value, -0)) return "-0.0";
  return text.includes(".") ? text : `${text}.0`;
}
