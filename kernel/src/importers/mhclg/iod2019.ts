import { defineImporter } from "../importer.ts";
import { deprivation } from "./deprivation.ts";

/**
 * English indices of deprivation 2019, "File 7". One row is one lower layer super output area of 2011, so it is what follows
 * the indices of 2015 where boundaries of 2011 are kept.
 */
export const iod2019 = defineImporter({
  id: "mhclg/iod2019",
  version: 1,
  title: "English indices of deprivation 2019",
  doc: "How deprived each neighbourhood of England is, by seven domains. Neighbourhoods are the lower layer super output areas of 2011; scores of editions must not be compared as if they were one series.",
  provider: { label: "uk.gov.mhclg", name: "Ministry of Housing, Communities and Local Government" },
  licence: "Open Government Licence v3.0",
  attribution: "© Crown copyright, Ministry of Housing, Communities and Local Government, 2019.",
  access: "public",
  unitOfRecord: "area",
  covers: ["E92000001"],
  datasources: [
    deprivation({
      id: "iod2019",
      year: 2019,
      code: "LSOA code (2011)",
      areas: { provider: "uk.gov.ons", label: "lsoa" },
      boundaries: "ons/oa/lsoa",
      address:
        "https://assets.publishing.service.gov.uk/government/uploads/system/uploads/attachment_data/file/845345/File_7_-_All_IoD2019_Scores__Ranks__Deciles_and_Population_Denominators_3.csv",
      page: "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2019",
    }),
  ],
});
