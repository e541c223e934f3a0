import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "../support/store.ts";

const command = new URL("../../kernel/bin/tombolo.js", import.meta.url).pathname;
const folder = temporaryFolder();
afterAll(() => folder.remove());

function tombolo(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...parameters], {
    encoding: "utf8",
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      JUPYTER_DATA_DIR: join(folder.path, "user"),
      JUPYTER_CONFIG_DIR: join(folder.path, "settings"),
      PYTHONUSERBASE: join(folder.path, "python"),
      VIRTUAL_ENV: join(folder.path, "environment"),
    },
    cwd: folder.path,
  });
  return { status, stdout, stderr };
}

describe("install and uninstall", () => {
  test.each([
    ["--user", [], "user"],
    ["--sys-prefix", [], "environment/share/jupyter"],
    ["--prefix", [join(folder.path, "prefix")], "prefix/share/jupyter"],
  ])("%s", (option, values, place) => {
    const jupyter = join(folder.path, place);
    mkdirSync(join(jupyter, "kernels", "other"), { recursive: true });
    writeFileSync(join(jupyter, "kernels", "other", "kernel.json"), "{}");
    expect(tombolo("install", option, ...values)).toMatchObject({ status: 0, stderr: "" });
    const kernel = join(jupyter, "kernels", "tombolo");
    expect(readdirSync(kernel).sort()).toEqual([
      "kernel.json",
      "logo-32x32.png",
      "logo-64x64.png",
      "logo-svg.svg",
    ]);
    const { argv, language, interrupt_mode } = JSON.parse(readFileSync(join(kernel, "kernel.json"), "utf8"));
    expect({ language, interrupt_mode }).toEqual({ language: "typescript", interrupt_mode: "message" });
    expect(execFileSync(argv[0], ["--version"], { encoding: "utf8" })).toMatch(/^v2\d\./);
    expect(existsSync(argv.at(-2))).toBe(true);
    expect(argv.at(-1)).toBe("{connection_file}");
    expect(existsSync(join(jupyter, "labextensions", "@tombolo", "jupyterlab", "package.json"))).toBe(true);
    expect(tombolo("uninstall", option, ...values)).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(join(jupyter, "kernels"))).toEqual(["other"]);
    expect(readdirSync(join(jupyter, "labextensions"))).toEqual([]);
    expect(tombolo("uninstall", option, ...values).stdout).toContain("There was nothing of Tombolo");
  });

  test("a place that cannot be written is a sentence", () => {
    writeFileSync(join(folder.path, "a-file"), "");
    const { status, stderr } = tombolo("install", "--prefix", join(folder.path, "a-file"));
    expect(status).toBe(1);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("the command line", () => {
  test.each([
    [["instal"], 'There is no command "instal". Did you mean "install" or "uninstall"?'],
    [
      ["install", "--prefx", "x"],
      "Unknown option '--prefx'. Write tombolo install [--user | --sys-prefix | --prefix DIR]",
    ],
    [["install", "--user", "--sys-prefix"], "--user and --sys-prefix exclude each other. Give one of them."],
    [
      ["import", "london/burroughs", "--store", "s"],
      'There is no datasource "london/burroughs". Did you mean "london/boroughs"?',
    ],
    [["run", "none.yaml", "--output", "a.csv"], "There is no file none.yaml"],
  ])("%j", (parameters, message) => {
    expect(tombolo(...parameters)).toEqual({ status: 1, stdout: "", stderr: `${message}\n` });
  });

  test("imports, computes and exports", () => {
    const store = join(folder.path, "store");
    const imported = tombolo("import", "london/boroughs", "--store", store, "--json");
    expect(JSON.parse(imported.stdout)).toEqual({
      subjects: 33,
      fixedValues: 0,
      timedValues: 0,
      changed: true,
    });
    writeFileSync(
      join(folder.path, "areas.yaml"),
      "subjects: borough\nfields: { area_km2: { area: km² } }\n",
    );
    expect(tombolo("run", "areas.yaml", "--store", store, "--output", "areas.csv").status).toBe(0);
    expect(readFileSync(join(folder.path, "areas.csv"), "utf8").split("\n")).toHaveLength(35);
  });

  test("helps", () => {
    expect(tombolo("--help").stdout).toContain("uninstall");
    expect(tombolo("install", "--help").stdout).toContain("--sys-prefix");
    expect(tombolo("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
