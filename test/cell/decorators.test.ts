import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { stripTypes } from "../../kernel/src/cell/strip.ts";

const require = createRequire(import.meta.url);
const compiler = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");

/**
 * What has decorators of every kind. The static member is last: oxc decorates in the order of the text, TypeScript those
 * members after all others.
 */
const SOURCE = `
class Area {}
interface Named { name: string }
function note(target: any, key?: any, third?: any): any { told.push(["note", key, typeof third]) }
function field(name: string) { return (target: any, key?: any, third?: any): any => { told.push([name, key, typeof third]) } }
class Place {
  @note name: string = "x";
  @note count?: number;
  @note area: Area | undefined;
  @field("list") list: string[] = [];
  @note named!: Named;
  @field("when") when: Date = new Date(0);
  @note get far(): boolean { return true }
  constructor(public id: number, @field("parameter") area?: Area) {}
  @field("outer") @field("inner") find(@note key: string, many: bigint): Promise<Area[]> { return Promise.resolve([]) }
  @note static all = 1;
}
@note class Town extends Place { constructor(@note place: Place, readonly size: number) { super(size) } }
told.push(["made", new Town(new Place(1), 2).id])
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tombolo-test-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the code tells, with the metadata of types that it writes down. */
function toldBy(code: string): unknown {
  const told: unknown[] = [];
  const nameOf = (type: unknown): unknown =>
    Array.isArray(type) || typeof type !== "function"
      ? JSON.stringify(type, (_, each) => (typeof each === "function" ? each.name : each))
      : type.name;
  const metadata = (kind: string, type: unknown) => (target: object, key?: string) =>
    void told.push([kind, nameOf(type), typeof target, key]);
  // A realm of its own, so that its Reflect can learn to keep metadata.
  runInNewContext(`Reflect.metadata = metadata;\n${code}`, { told, metadata });
  return told;
}

function projectWith(compilerOptions: object): string {
  const project = mkdtempSync(join(folder, "project-"));
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  return project;
}

describe("decorators as the tsconfig.json beside the notebook wants them", () => {
  test("emitDecoratorMetadata tells what TypeScript's own compiler tells", () => {
    const project = projectWith({
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      target: "esnext",
      module: "preserve",
      outDir: "out",
      noCheck: true,
    });
    const path = join(project, "cell.ts");
    writeFileSync(path, SOURCE);
    const { stdout } = spawnSync(process.execPath, [compiler, "-p", project], { encoding: "utf8" });
    expect(stdout).toBe("");
    const expected = toldBy(readFileSync(join(project, "out", "cell.js"), "utf8"));
    expect(expected).toContainEqual(["design:paramtypes", '["String","BigInt"]', "object", "find"]);
    expect(toldBy(stripTypes(SOURCE, path).code)).toEqual(expected);
  });

  test("without it, and in a folder below, no types are told", () => {
    const project = projectWith({ experimentalDecorators: true });
    mkdirSync(join(project, "below"));
    const { code } = stripTypes(SOURCE, join(project, "below", "cell.ts"));
    expect(JSON.stringify(toldBy(code))).not.toContain("design:");
    expect(toldBy(code)).toContainEqual(["outer", "find", "object"]);
  });

  test("errors keep their lines", () => {
    const project = projectWith({ experimentalDecorators: true, emitDecoratorMetadata: true });
    const { code, map } = stripTypes(SOURCE, join(project, "cell.ts"));
    const { mappings } = JSON.parse(map);
    // The helpers are on the first line, of which nothing is the user's.
    expect(mappings.startsWith(";")).toBe(true);
    expect(code.split("\n")[0]).toContain("babelHelpers");
  });
});
