/** The kernel's own code. */
const own = [
  new URL("../../", import.meta.url).href,
  import.meta.resolve("@tombolo/bundle").replace(/[^/]*$/, ""),
];

/** Patterns of URLs of code that is not the user's, in which stepping does not stop. */
export const FOREIGN = [
  ...own.map((url) => `^${url.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}`),
  ...["^node:", "/node_modules/", "/notebook\\.ts$", "^$"],
];
const foreign = new RegExp(FOREIGN.join("|"));

/** Whether code of a URL is not the user's, but the kernel's, a package's or Node's. */
export const isForeign = (url: string): boolean => foreign.test(url);
