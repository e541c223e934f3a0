/** A module specifier as Node resolves it: `npm:name@1/part`, which Deno notebooks use, becomes `name/part`. */
export function plainSpecifier(specifier: string): string {
  const npm = /^npm:\/?((?:@[^/]+\/)?[^@/]+)(?:@[^/]*)?(\/.*)?$/.exec(specifier);
  return npm ? `${npm[1]}${npm[2] ?? ""}` : specifier;
}

/** What to install for a module specifier, with the version that it asks for. */
export function packageOf(specifier: string): string {
  const name = specifier.replace(/^npm:\/?/, "");
  return /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
}
