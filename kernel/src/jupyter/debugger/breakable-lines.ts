import { type AnyNode, parse } from "acorn";
import { CellMistake, type CompiledCell, compileCell } from "../../cell/compile.ts";
import { childrenOf } from "../../cell/scope.ts";
import { Places } from "./places.ts";

/** The lines of a cell on which a statement begins, in order; undefined when the cell is a magic, or no TypeScript. */
export function breakableLines(source: string): number[] | undefined {
  if (/^\s*%%/.test(source)) return undefined;
  try {
    const cell = compileCell(source, { url: "file:///cell.ts", isShared: () => true, isMagic: () => true });
    const places = new Places(cell.map());
    const lines = new Set<number>();
    for (const { line, column } of statementsOf(cell).flatMap((statement) => [...beginnings(statement)])) {
      const place = places.original({ line, column: column + 1 });
      if (place) lines.add(place.line);
    }
    return [...lines].sort((a, b) => a - b);
  } catch (error) {
    if (error instanceof CellMistake) return undefined;
    throw error;
  }
}

/** The statements of a cell's function that come from the user's text: not the directive and not what hoists functions. */
function statementsOf({ code, declared }: CompiledCell): AnyNode[] {
  const [whole] = parse(code, { ecmaVersion: "latest", locations: true }).body;
  if (whole?.type !== "ExpressionStatement" || whole.expression.type !== "ArrowFunctionExpression") return [];
  const { body } = whole.expression;
  const hoisted = [...declared.values()].filter((kind) => kind === "function").length;
  return body.type === "BlockStatement" ? body.body.slice(1 + hoisted) : [];
}

function* beginnings(node: AnyNode): Generator<{ readonly line: number; readonly column: number }> {
  const isStatement = /Statement$|^VariableDeclaration$/.test(node.type) && node.type !== "BlockStatement";
  if (isStatement && node.loc) yield node.loc.start;
  if (node.type === "ArrowFunctionExpression" && node.expression && node.body.loc) yield node.body.loc.start;
  for (const child of childrenOf(node)) yield* beginnings(child);
}
