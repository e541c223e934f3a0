import { existsSync, readFileSync } from "node:fs";

/** What geopandas computed for a borough, in EPSG:27700. */
export interface ReferenceBorough {
  readonly area_km2: number;
  readonly tube_km: number;
  readonly lines: number;
}

/**
 * A few boroughs computed with geopandas 1.2 from vega-datasets 3.2.1, for a checkout without the full reference file.
 * `tube_km` is the length of all track sections inside the borough, `lines` the number of distinct line names.
 */
const few: Readonly<Record<string, ReferenceBorough>> = {
  Westminster: { area_km2: 21.5035, tube_km: 40.961, lines: 9 },
  Newham: { area_km2: 36.2428, tube_km: 27.7412, lines: 4 },
  "City of London": { area_km2: 2.983, tube_km: 11.7841, lines: 8 },
  Bexley: { area_km2: 60.4023, tube_km: 0, lines: 0 },
};

const whole = new URL("../../../shared/fixtures/london-tube/expected.json", import.meta.url);

/** Reference answers of the first notebook by borough name: all 33 where the reference file is there, else a few. */
export const referenceBoroughs: Readonly<Record<string, ReferenceBorough>> = existsSync(whole)
  ? JSON.parse(readFileSync(whole, "utf8")).boroughs
  : few;
