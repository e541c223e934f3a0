import { FILE_COMM_TARGET, type FileEnding } from "@tombolo/bundle";
import { requestBytes } from "../../output/blobs.ts";
import type { DrawInput } from "../../output/renderer.ts";
import { tellingLayer } from "../telling-layer.ts";
import type { Ways } from "./menu.ts";
import { fileName, saveFile } from "./page.ts";

const TYPES: Readonly<Record<FileEnding, string>> = {
  geojson: "application/geo+json",
  parquet: "application/vnd.apache.parquet",
};

/** Ways to take the rows that a map is about away, which the kernel writes: with their shapes as they were measured. */
export function rowWays(connect: DrawInput["connect"]): Ways {
  const way =
    (ending: FileEnding) =>
    async ({ spec, layers }: Parameters<Ways[string]>[0]) => {
      const plan = tellingLayer(layers)?.spec.plan;
      if (plan === undefined) throw new RangeError("The kernel does not know the rows of this map.");
      const kernel = await connect();
      const bytes = await requestBytes(kernel, FILE_COMM_TARGET, { plan, ending });
      return saveFile(bytes, TYPES[ending], fileName(spec, ending));
    };
  return { "GeoJSON data": way("geojson"), "GeoParquet data": way("parquet") };
}
