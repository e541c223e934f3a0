import { defineImporter } from "../importer.ts";
import { boundaries } from "./feature-service.ts";

/** Middle layer super output areas of 2021 from the Office for National Statistics. One row is one area. Areas of England and Wales with about 8,000 people, made of lower layer super output areas of 2021. */
export const msoa2021 = defineImporter(
  boundaries({
    id: "boundaries/msoa2021",
    title: "Middle layer super output areas of 2021",
    doc: "Areas of England and Wales with about 8,000 people, made of lower layer super output areas of 2021.",
    type: "msoa2021",
    typeName: "Middle layer super output area (2021)",
    vintage: "2021",
    service: "Middle_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V3",
    code: "MSOA21CD",
    covers: ["E92000001", "W92000004"],
    expected: [7264, 7264],
  }),
);
