import { describe, expect, test } from "@jest/globals";
import { documentDatasource, documentImporter } from "../../kernel/src/importers/document.ts";
import { datasourceOf, loadImporter } from "../../kernel/src/importers/find.ts";

describe("the page of an importer", () => {
  test("of many tables lists them with the number of their measurements, and says how to see one", async () => {
    const page = documentImporter(await loadImporter("ons/census"));
    expect(page).toContain("| `qs701ew` | method of travel to work | 13 |");
    expect(page).toContain("`%help ons/census/qs102ew` lists what one of them measures.");
    expect(page.split("\n").length).toBeLessThan(100);
  });

  test("of one table lists everything that it measures, with units", async () => {
    const importer = await loadImporter("census2021/census2021");
    const page = documentDatasource(importer, datasourceOf(importer, "ts061"));
    expect(page).toContain(
      "| `Method of travel to workplace: Bicycle` | Method of travel to workplace: Bicycle (people) |",
    );
    expect(page.match(/^\| `/gm)).toHaveLength(12);
    expect(page).toMatch(/`%import census2021\/census2021 ts061`$/);
  });
});
