import type { Provider } from "../importer.ts";

/** Space Syntax Limited. */
export const SPACE_SYNTAX: Provider = { label: "com.spacesyntax", name: "Space Syntax" };
