import { withUnit } from "@tombolo/bundle/format";
import { legendEntries, legendRamp, shownColumn } from "@tombolo/bundle/map/legend";
import type { MapLayer, MapSpec } from "@tombolo/bundle/map/spec";

/** The map in words and numbers, for who cannot see it and for where nothing else is shown. */
export function describeMap(spec: MapSpec): string {
  const lines = [`Map: ${spec.title}`, ...spec.layers.flatMap(describeLayer), ...spec.warnings, spec.source];
  return lines.filter((line) => line !== "").join("\n");
}

function describeLayer(layer: MapLayer): string[] {
  const column = shownColumn(layer);
  const heading = column ? withUnit(column.title, column.unit && `(${column.unit})`) : "";
  const ramp = legendRamp(layer);
  const entries = legendEntries(layer, Infinity).map(({ text, count }) => [text, `${count}`] as const);
  const width = Math.max(0, ...entries.map(([text]) => text.length));
  const unit = layer.count === 1 ? "feature" : "features";
  const size = layer.columns.find(({ name }) => name === layer.size?.column);
  return [
    `${layer.count} ${unit}${heading ? ` by ${heading}` : ""}`,
    ...(layer.time
      ? [`at ${layer.time.steps[layer.time.shown] ?? ""}, the last of ${layer.time.steps.length} times`]
      : []),
    ...(ramp && column ? [`  shades from ${ramp[0]} to ${ramp[1]}`] : []),
    ...entries.map(([text, count]) => `  ${text.padEnd(width)}  ${count.padStart(6)}`),
    ...(size ? [`  size: ${withUnit(size.title, size.unit && `(${size.unit})`)}`] : []),
  ];
}
