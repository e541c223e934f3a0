import { defineImporter } from "../importer.ts";
import { boundaries } from "./feature-service.ts";

/** Local authorities of 2024 from the Office for National Statistics. One row is one area. Local authority districts of the United Kingdom in May 2024. */
export const localAuthority2024 = defineImporter(
  boundaries({
    id: "boundaries/local-authority2024",
    title: "Local authorities of 2024",
    doc: "Local authority districts of the United Kingdom in May 2024.",
    type: "localAuthority2024",
    typeName: "Local authority (2024)",
    vintage: "2024",
    service: "Local_Authority_Districts_May_2024_Boundaries_UK_BGC",
    code: "LAD24CD",
    covers: ["E92000001", "W92000004", "S92000003", "N92000002"],
    expected: [361, 361],
  }),
);
