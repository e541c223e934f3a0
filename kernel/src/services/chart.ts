import { type Brush, CHART_COMM_TARGET } from "@tombolo/bundle/mime";
import type { PreparedChart } from "../chart/chart-type.ts";
import { encodeRows } from "../chart/drawn-rows.ts";
import { chartPlans } from "../chart/plans.ts";
import { linkedRows } from "../selection/linked-rows.ts";
import { defineService } from "./service.ts";

/** `tombolo.chart`: charts whose marks stand for many rows. */
export const chart = defineService({
  target: CHART_COMM_TARGET,
  doc: "Draws a chart anew when other rows are selected, and finds the rows that are selected in it.",
  opened(_session, comm, data) {
    const plan = chartPlans.find(planName(data));
    // The kernel that drew it has ended, or drew too much since: the chart stays as it is.
    if (!plan) return comm.close();
    const rows = linkedRows(plan.link);
    const draw = () => {
      const sets = { selected: rows.get("selected"), shown: rows.get("shown") };
      comm.send({ hasSelection: sets.selected !== undefined }, [encodeRows(plan.chart.rows(sets))]);
    };
    if (rows.get("selected") || rows.get("shown")) draw();
    comm.onClose(rows.listen(draw));
    comm.onMessage((message) => rows.set("selected", rowsOfBrush(plan.chart, parseBrush(message))));
  },
});

function planName(data: unknown): string {
  return typeof data === "object" && data !== null && "plan" in data ? String(data.plan) : "";
}

function rowsOfBrush(chart: PreparedChart, brush: Brush) {
  const found = brush ? chart.find?.(brush) : undefined;
  return found?.bits.some((byte) => byte !== 0) ? found : undefined;
}

/** A choice in a chart; throws a TypeError when the message is none. */
function parseBrush(message: unknown): Brush {
  if (message === null) return null;
  if (typeof message !== "object" || Array.isArray(message)) throw new TypeError("a choice names fields");
  const entries = Object.entries(message).map(([field, values]) => {
    if (!Array.isArray(values)) throw new TypeError("a choice has values");
    return [field, values.filter((value) => typeof value === "number" || typeof value === "string")] as const;
  });
  return Object.fromEntries(entries);
}
