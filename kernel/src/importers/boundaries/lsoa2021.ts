import { defineImporter } from "../importer.ts";
import { boundaries } from "./feature-service.ts";

/** Lower layer super output areas of 2021 from the Office for National Statistics. One row is one area. Neighbourhoods of England and Wales with about 1,500 people, as the census of 2021 counts them. Of the areas of 2011 some were split or merged: do not join data of 2011. */
export const lsoa2021 = defineImporter(
  boundaries({
    id: "boundaries/lsoa2021",
    title: "Lower layer super output areas of 2021",
    doc: "Neighbourhoods of England and Wales with about 1,500 people, as the census of 2021 counts them. Of the areas of 2011 some were split or merged: do not join data of 2011.",
    type: "lsoa2021",
    typeName: "Lower layer super output area (2021)",
    vintage: "2021",
    service: "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5",
    code: "LSOA21CD",
    covers: ["E92000001", "W92000004"],
    expected: [35_672, 35_672],
  }),
);
