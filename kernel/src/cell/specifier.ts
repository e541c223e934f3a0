/** A module specifier as Node resolves it: `npm:name@1/part`, which Deno notebooks use, becomes `name/part`. */
export function plainSpecifier(specifier: string): string {
  const npm = /^npm:\/?((?:@[^/]+\/)?[^@/]+)(?:@[^/]*)?(\/.*)?$/.exec(specifier);
  return npm ? `${npm[1]}${npm[2] ?? ""}` : specifier;
}
