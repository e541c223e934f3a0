import { defineImporter } from "../importer.ts";
import { boundaries } from "./feature-service.ts";

/** Regions of England of 2024 from the Office for National Statistics. One row is one area. The nine regions of England in December 2024. */
export const region2024 = defineImporter(
  boundaries({
    id: "boundaries/region2024",
    title: "Regions of England of 2024",
    doc: "The nine regions of England in December 2024.",
    type: "region2024",
    typeName: "Region (2024)",
    vintage: "2024",
    service: "Regions_December_2024_Boundaries_EN_BGC",
    code: "RGN24CD",
    covers: ["E92000001"],
    expected: [9, 9],
  }),
);
