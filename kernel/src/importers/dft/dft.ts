import type { Provider } from "../importer.ts";

/** The Department for Transport. */
export const DFT: Provider = { label: "uk.gov.dft", name: "Department for Transport" };
