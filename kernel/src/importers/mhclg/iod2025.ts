import { defineImporter } from "../importer.ts";
import { deprivation } from "./deprivation.ts";

/**
 * English indices of deprivation 2025, "File 7", published on 30 October 2025. One row is one lower layer super output area
 * of 2021: its codes must not be joined to boundaries of 2011. Headings as several public programs name them that read this very file: it has four
 * populations of the middle of 2022, none of those aged 16 to 59 (that is in File 6), and some long headings are cut ("10% of LSO").
 */
export const iod2025 = defineImporter({
  id: "mhclg/iod2025",
  version: 1,
  title: "English indices of deprivation 2025",
  doc: "How deprived each neighbourhood of England is, by seven domains. Neighbourhoods are the lower layer super output areas of 2021; scores of editions must not be compared as if they were one series.",
  provider: { label: "uk.gov.mhclg", name: "Ministry of Housing, Communities and Local Government" },
  licence: "Open Government Licence v3.0",
  attribution: "© Crown copyright, Ministry of Housing, Communities and Local Government, 2025.",
  access: "public",
  unitOfRecord: "area",
  covers: ["E92000001"],
  datasources: [
    deprivation({
      id: "iod2025",
      year: 2025,
      code: "LSOA code (2021)",
      areas: { provider: "uk.gov.ons", label: "lsoa2021" },
      boundaries: "boundaries/lsoa2021",
      address:
        "https://assets.publishing.service.gov.uk/media/691ded56d140bbbaa59a2a7d/File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv",
      without: ["adultPopulation"],
      page: "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025",
    }),
  ],
});
