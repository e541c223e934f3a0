import { isAbsolute } from "node:path";
import { satisfies, valid } from "semver";
import { UserError } from "../errors.ts";
import { nearestNames } from "../nearest.ts";
import type { GitSource } from "./fetch/git.ts";
import { type PackSource, sourceText } from "./fetch/source.ts";
import type { Pin } from "./pins.ts";
import { SHIPPED_SOURCE, shippedNames } from "./shipped.ts";

/** What `%use` takes to get just what is pinned once more. */
export function pinText({ name, version, source, wanted }: Pin): string {
  if (source === SHIPPED_SOURCE || source === name) return `${name}@${version}`;
  return isAbsolute(source) || wanted === undefined ? source : `${source}#${wanted}`;
}

/** A name that is nearly one that is here is a slip more often than a pack on npm, where anybody may have taken it. */
export function refuseSlip(source: PackSource, pins: ReadonlyMap<string, Pin>): void {
  if (source.kind !== "npm" || source.version !== undefined) return;
  const near = nearestNames(source.name, [...shippedNames(), ...pins.keys()]);
  if (near.length === 0) return;
  throw new UserError(`There is no pack ${source.name} here; near: ${near.join(", ")}`, {
    where: source.name,
    hint: `If you mean the one on npm, write %use ${source.name}@latest`,
  });
}

/** The pin that answers what is asked for, so that nothing has to be fetched. */
export function pinFor(source: PackSource, pins: ReadonlyMap<string, Pin>): Pin | undefined {
  if (source.kind === "folder") return undefined;
  if (source.kind === "git") return gitPin(source, pins);
  const pin = pins.get(source.name);
  if (!pin) return undefined;
  // A pack that comes with Tombolo is asked for by its name whenever another Tombolo is installed.
  if (source.version === undefined) return source.kind === "npm" ? pin : undefined;
  if (satisfies(pin.version, source.version)) return pin;
  if (pin.source !== sourceText(source)) throw elsewhere(pin, source.kind === "npm" ? "npm" : SHIPPED_SOURCE);
  return undefined;
}

function gitPin(source: GitSource, pins: ReadonlyMap<string, Pin>): Pin | undefined {
  const pin = [...pins.values()].find((each) => each.source === sourceText(source));
  if (!pin || source.version === undefined) return pin;
  // A branch moves, a tag that is a version does not.
  return source.version === pin.wanted && isVersion(source.version) ? pin : undefined;
}

const isVersion = (text: string): boolean => valid(text.replace(/^v/, "")) !== null;

/** Otherwise npm would be asked for a name that somebody else may have taken there. */
function elsewhere({ name, source }: Pin, asked: string): UserError {
  return new UserError(`The pack ${name} that is in use comes from ${source}, not from ${asked}`, {
    where: name,
    ...(/^(git|https)/.test(source) && { hint: `Another version of it is written ${source}#v1.2.0.` }),
  });
}
