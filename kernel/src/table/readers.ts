import { Kept } from "../selection/kept.ts";
import type { TableReader } from "./reader.ts";

/** The tables that were shown. */
export const tableReaders = new Kept<TableReader>();
