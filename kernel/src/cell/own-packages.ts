const OWN_PACKAGES: ReadonlySet<string> = new Set([
  "tombolo",
  "@turf/turf",
  "apache-arrow",
  "vega",
  "vega-lite",
]);

/** Whether the kernel has a package anyway: notebooks and their files may import it without having installed it. */
export function isOwnPackage(specifier: string): boolean {
  return OWN_PACKAGES.has(specifier);
}
