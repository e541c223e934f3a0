import type { Provider, SubjectTypeReference } from "../importer.ts";

/** The Office for National Statistics, which names the areas that most importers' values hang on. */
export const ONS: Provider = { label: "uk.gov.ons", name: "Office for National Statistics" };

/** Licence of nearly everything that British authorities publish. */
export const OPEN_GOVERNMENT_LICENCE = "Open Government Licence v3.0";

const area = (label: string): SubjectTypeReference => ({ provider: ONS.label, label });

/** Subject types of `ons/oa` as values refer to them. */
export const AREAS = {
  lsoa: area("lsoa"),
  msoa: area("msoa"),
  ward: area("ward"),
  localAuthority: area("localAuthority"),
  region: area("englandBoundaries"),
} as const;
