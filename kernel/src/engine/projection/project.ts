import type { Place } from "./patch.ts";

/** Places in longitude and latitude, as places in another system, x, y, x, y; NaN where there is none. */
export type ProjectPlaces = (places: readonly Place[]) => Promise<Float64Array>;

/** Largest error, in the unit of the system; what projections without steps have is a hundred times less. */
export const TOLERANCE = 1e-6;
