import { UserError } from "../errors.ts";

/** Pearson's correlation of two fields. */
export interface Correlation {
  readonly xFieldLabel: string;
  readonly yFieldLabel: string;
  readonly correlationCoefficient: number;
  /** Two-sided, of Student's t with n − 2 degrees of freedom. */
  readonly pValue: number;
  readonly standardError: number;
  /** Rows in which every field has a number. */
  readonly n: number;
}

/** The rows of an export in which every field has a number, and how many were left out, by field that had none. */
export interface CompleteRows {
  readonly rows: readonly (readonly number[])[];
  readonly dropped: number;
  /** For each field, in how many of the rows left out it had no number. */
  readonly without: Readonly<Record<string, number>>;
}

/** Reads the numbers of some fields back from an exported file. */
export function readColumns(
  text: string,
  format: "csv" | "geojson",
  labels: readonly string[],
): CompleteRows {
  const cells = format === "csv" ? readCsv(text, labels) : readGeoJson(text, labels);
  const rows: number[][] = [];
  const without = new Map<string, number>();
  let dropped = 0;
  for (const row of cells) {
    const numbers = row.map(numberOf);
    if (numbers.every((number) => number !== undefined)) {
      rows.push(numbers);
      continue;
    }
    dropped++;
    numbers.forEach((number, index) => {
      const label = labels[index] ?? "";
      if (number === undefined) without.set(label, 1 + (without.get(label) ?? 0));
    });
  }
  return { rows, dropped, without: Object.fromEntries(without) };
}

/** What is to be told of the rows from which correlations are: how many were left out and why, and which fields vary in none. */
export function describeRows({ rows, dropped, without }: CompleteRows, labels: readonly string[]): string[] {
  const reasons = Object.entries(without).map(([label, count]) => `${label} (${count})`);
  const left = dropped === 1 ? "1 row is" : `${dropped} rows are`;
  const constant = labels.filter((_, index) => rows.every((row) => row[index] === rows[0]?.[index]));
  return [
    ...(dropped === 0
      ? []
      : [
          `${left} left out of the correlation, because these fields have no number there: ${reasons.join(", ")}.`,
        ]),
    ...(constant.length === 0 || rows.length < LEAST_ROWS
      ? []
      : [
          `No correlation with ${constant.join(", ")} can be told, because each row has the same value of it.`,
        ]),
  ];
}

const LEAST_ROWS = 3;

/** A number or numeric text; the value of a timed one; the newest of a series. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : finite(Number(value));
  if (typeof value === "number") return finite(value);
  if (Array.isArray(value)) {
    const entries = value
      .filter(isTimed)
      .sort((first, second) => (first.timestamp < second.timestamp ? -1 : 1));
    return numberOf(entries.at(-1)?.value);
  }
  return isTimed(value) ? numberOf(value.value) : undefined;
}

const finite = (number: number): number | undefined => (Number.isFinite(number) ? number : undefined);

function isTimed(value: unknown): value is { timestamp: string; value: unknown } {
  return typeof value === "object" && value !== null && "timestamp" in value && "value" in value;
}

function readGeoJson(text: string, labels: readonly string[]): unknown[][] {
  const document: unknown = JSON.parse(text);
  const features =
    typeof document === "object" &&
    document !== null &&
    "features" in document &&
    Array.isArray(document.features)
      ? document.features
      : [];
  return features.map(({ properties }) => labels.map((label) => properties?.[label]));
}

function readCsv(text: string, labels: readonly string[]): unknown[][] {
  const [header = [], ...rows] = csvRows(text);
  // The first three columns are the subject's own.
  const places = labels.map((label) => header.indexOf(label, 3));
  return rows.map((row) => places.map((place) => (place < 0 ? undefined : row[place])));
}

function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) break;
    const [, quoted, plain = "", end] = match;
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== "," && pattern.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

/** Throws a UserError for fewer than two fields. */
export function checkFields(fields: readonly unknown[]): void {
  if (fields.length < 2) throw new UserError("Correlation needs at least two fields", { where: "fields" });
}

/** All ordered pairs of fields. Throws a UserError for fewer than two fields or three rows. */
export function correlate(labels: readonly string[], rows: readonly (readonly number[])[]): Correlation[] {
  const n = rows.length;
  checkFields(labels);
  if (n < LEAST_ROWS) {
    throw new UserError(
      `Correlations need three rows in which every field has a number, and there ${n === 1 ? "is 1" : `are ${n}`}`,
    );
  }
  const columns = labels.map((_, index) => rows.map((row) => row[index] ?? Number.NaN));
  return labels.flatMap((xFieldLabel, x) =>
    labels.map((yFieldLabel, y) => {
      const r = x === y ? 1 : pearson(columns[x] ?? [], columns[y] ?? []);
      const remaining = Math.max(0, 1 - r * r);
      const standardError = Math.sqrt(remaining / (n - 2));
      const t = Math.abs(r) / standardError;
      const pValue = standardError === 0 ? 0 : incompleteBeta((n - 2) / (n - 2 + t * t), (n - 2) / 2, 0.5);
      return { xFieldLabel, yFieldLabel, correlationCoefficient: r, pValue, standardError, n };
    }),
  );
}

function pearson(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, index) => {
    const [dx, dy] = [value - meanX, (y[index] ?? Number.NaN) - meanY];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  });
  // Rounding may lead beyond 1.
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
}

/** Regularised incomplete beta function, by its continued fraction (Lentz's way). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guard = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 500; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / guard(1 + term * d);
      c = guard(1 + term / c);
      result *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return result;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - logGamma(1 - z);
  const [first = 1, ...others] = LANCZOS;
  const x = z - 1;
  const sum = others.reduce((total, coefficient, index) => total + coefficient / (x + index + 1), first);
  const t = x + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}
