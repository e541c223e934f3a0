import type { RowsSpec } from "@tombolo/bundle";
import { Kept } from "../selection/kept.ts";
import type { PreparedChart } from "./chart-type.ts";

/** A chart that the front end may ask for again. */
export interface ChartPlan {
  readonly chart: PreparedChart;
  readonly link: RowsSpec;
}

/** The charts that were shown. */
export const chartPlans = new Kept<ChartPlan>();
