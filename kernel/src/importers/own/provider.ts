import type { Provider } from "../importer.ts";

/** Who brings files of one's own. */
export const OWN_PROVIDER: Provider = { label: "local", name: "Files of one's own" };
