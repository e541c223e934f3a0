/** The most files that a pack has. */
export const MOST_FILES = 200;

/** The most bytes that its files have together. */
export const MOST_BYTES = 10_000_000;

/** The most that is written while a pack is fetched: its archive, and what Git or npm keep beside it. */
export const MOST_FETCHED = 40_000_000;

/** The most files that are written while a pack is fetched. */
export const MOST_FETCHED_FILES = 5_000;
