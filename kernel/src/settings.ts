import { UserError } from "./errors.ts";
import { didYouMean } from "./nearest.ts";

/** Something that `%config` changes. */
export interface Setting {
  readonly doc: string;
  readonly initial: string;
  /** The only values allowed; without it, a whole number in the range. */
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** All settings by name. */
export const settings = {
  typecheck: {
    doc: "what happens to cells whose types do not fit: they run with a warning, they do not run, or nobody looks",
    initial: "warn",
    values: ["warn", "strict", "off"],
  },
  "output-limit": {
    doc: "megabytes of printed text that a cell may put into the notebook; what is more goes into a file",
    initial: "10",
    minimum: 1,
    maximum: 1000,
  },
  history: {
    doc: "whether cells are remembered when the kernel has ended",
    initial: "on",
    values: ["on", "off"],
  },
} as const satisfies Readonly<Record<string, Setting>>;

/** Name of a setting. */
export type SettingName = keyof typeof settings;

/** The values of all settings in one kernel. */
export class Settings {
  readonly #values = new Map<SettingName, string>();
  readonly #changed: (name: SettingName, value: string) => void;

  constructor(changed: (name: SettingName, value: string) => void = () => undefined) {
    this.#changed = changed;
  }

  get(name: SettingName): string {
    return this.#values.get(name) ?? settings[name].initial;
  }

  /** Changes a setting; throws a UserError when there is none of that name or it takes no such value. */
  set(name: string, value: string): void {
    const known = settingNamed(name);
    checkValue(known, value);
    this.#values.set(known, value);
    this.#changed(known, value);
  }
}

/** The setting of that name, or a UserError with the nearest ones. */
export function settingNamed(name: string): SettingName {
  const names = Object.keys(settings);
  if (isSettingName(name)) return name;
  throw new UserError(`There is no setting "${name}"`, { where: name, hint: didYouMean(name, names) });
}

/** Whether there is a setting of that name. */
export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settings, name);
}

function checkValue(name: SettingName, value: string): void {
  const { values, minimum = 0, maximum = Number.POSITIVE_INFINITY }: Setting = settings[name];
  if (values) {
    if (values.includes(value)) return;
    throw new UserError(`${name} does not know "${value}"`, { where: name, hint: didYouMean(value, values) });
  }
  if (/^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum) return;
  throw new UserError(`${name} takes a whole number from ${minimum} to ${maximum}, not "${value}"`, {
    where: name,
  });
}
