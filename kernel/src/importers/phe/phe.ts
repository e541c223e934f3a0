import type { Provider } from "../importer.ts";

/** Public Health England. */
export const PHE: Provider = { label: "uk.gov.phe", name: "Public Health England" };
