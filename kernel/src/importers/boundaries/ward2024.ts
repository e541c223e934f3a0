import { defineImporter } from "../importer.ts";
import { boundaries } from "./feature-service.ts";

/** Wards of 2024 from the Office for National Statistics. One row is one area. Electoral wards of the United Kingdom in December 2024. Wards change every year. */
export const ward2024 = defineImporter(
  boundaries({
    id: "boundaries/ward2024",
    title: "Wards of 2024",
    doc: "Electoral wards of the United Kingdom in December 2024. Wards change every year.",
    type: "ward2024",
    typeName: "Ward (2024)",
    vintage: "2024",
    service: "Wards_December_2024_Boundaries_UK_BGC",
    code: "WD24CD",
    covers: ["E92000001", "W92000004", "S92000003", "N92000002"],
    expected: [8000, 9000],
  }),
);
