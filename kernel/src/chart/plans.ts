import { createHash, randomUUID } from "node:crypto";
import type { Access, RowsSpec } from "@tombolo/bundle";
import type { PreparedChart } from "./chart-type.ts";

/** A chart that the front end may ask for again. */
export interface ChartPlan {
  readonly chart: PreparedChart;
  readonly link: RowsSpec;
}

/** As many charts as a notebook has; those shown longest ago go first, so that their tables can go too. */
const MOST_PLANS = 100;

const plans = new Map<string, ChartPlan>();

/** Keeps a chart and returns the name it can be asked for by; it tells nothing of what is not public. */
export function keepPlan(plan: ChartPlan, access: Access, options: object): string {
  const text = JSON.stringify([plan.link.key, plan.chart.drawing, options]);
  const name =
    access === "public" ? createHash("sha256").update(text).digest("hex").slice(0, 32) : randomUUID();
  plans.delete(name);
  plans.set(name, plan);
  for (const [oldest] of plans) if (plans.size > MOST_PLANS) plans.delete(oldest);
  return name;
}

/** The chart of that name; undefined when it was shown too long ago. */
export function findPlan(name: string): ChartPlan | undefined {
  return plans.get(name);
}
