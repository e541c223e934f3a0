import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { readSettings } from "../../extension/src/settings.ts";

test("without JupyterLab's registry the settings are what the schema says they are unless changed", () => {
  const schema: { properties: Record<string, { default: unknown }> } = JSON.parse(
    readFileSync(new URL("../../extension/schema/settings.json", import.meta.url), "utf8"),
  );
  const defaults = Object.entries(schema.properties).map(([name, property]) => [name, property.default]);
  expect({ ...readSettings(undefined) }).toEqual(Object.fromEntries(defaults));
});
