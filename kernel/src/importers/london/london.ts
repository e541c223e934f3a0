import type { Provider } from "../importer.ts";

/** The Greater London Authority's store of open data. */
export const LONDON_DATASTORE: Provider = {
  label: "uk.gov.london",
  name: "London Datastore - Greater London Authority",
};
