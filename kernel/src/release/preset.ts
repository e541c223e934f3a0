/** What a preset does with a count. */
export interface CountRule {
  /** Counts from `from` to `to`, both included, are replaced by the mark `[c]`. Absent: none. */
  readonly suppress?: { readonly from: number; readonly to: number };
  /**
   * How the other counts are rounded: to the nearest multiple of `base`, or to the midpoint of the interval of `base`
   * numbers in which they lie (1 to 6 → 3). Absent: not at all.
   */
  readonly round?: { readonly base: number; readonly to: "nearest" | "midpoint" };
}

/** Where some rules of a preset are published. */
export interface RuleSource {
  /** Who says it, and where. */
  readonly page: string;
  /** Address of the page; absent where the rule is our own choice. */
  readonly address?: string;
  /** What is said there, in our words. */
  readonly says: string;
  /** The rules of the preset that rest on it. */
  readonly of: readonly RuleName[];
}

/** A rule of a preset, by the name under which it stands there. */
export type RuleName = Exclude<keyof Preset, "name" | "title" | "doc" | "sources">;

/** A published set of rules under which a table of counts may leave a protected place. Plain data. */
export interface Preset {
  /** Equal to the file's name; what `--preset` takes. */
  readonly name: string;
  readonly title: string;
  /** The rule in one or two sentences. */
  readonly doc: string;
  /** Where each rule is published; what no page says is marked as our own choice. */
  readonly sources: readonly RuleSource[];
  readonly counts: CountRule;
  /**
   * What a total of other cells becomes: `re-sum` the sum of the protected cells, `protect` a count like any other, `keep`
   * the exact number.
   */
  readonly totals: "re-sum" | "protect" | "keep";
  /** Whether the total over a nation is neither hidden nor rounded although other totals are. */
  readonly exactNationalTotal: boolean;
  /** Least number of suppressed cells in a row or column that has one; 1 where only recovery must be prevented. */
  readonly leastSuppressed: number;
  /** Least count behind a rate, a mean or another figure that is no count. */
  readonly leastBehindFigure: number;
  /** A rate of fewer cases than these is published, but marked as unreliable; absent where none is. */
  readonly unreliableBelow?: number;
  /** Greatest share of an amount that its two largest contributors may have; absent where amounts are not looked at. */
  readonly dominance?: number;
  /** Whether columns of smallest and largest values may be released. */
  readonly extremes: boolean;
  /** Whether the table goes out as it is, without any check: for what is public already. */
  readonly open: boolean;
}

/** Declares a preset. */
export function definePreset(preset: Preset): Preset {
  return preset;
}
