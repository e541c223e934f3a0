/** A time as a person reads it, with three digits. */
export function durationText(milliseconds: number): string {
  if (milliseconds >= 60_000) {
    const seconds = Math.round(milliseconds / 1000);
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const [factor, unit] =
    milliseconds >= 1000
      ? [1000, "s"]
      : milliseconds >= 1
        ? [1, "ms"]
        : milliseconds >= 1e-3
          ? [1e-3, "µs"]
          : [1e-6, "ns"];
  return `${Number((milliseconds / factor).toPrecision(3))} ${unit}`;
}

/** Mean and standard deviation of numbers. */
export function meanAndDeviation(numbers: readonly number[]): { mean: number; deviation: number } {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
  return { mean, deviation: Math.sqrt(variance) };
}
