import type { Debugger } from "node:inspector";
import type { Session } from "node:inspector/promises";
import { type AnyNode, type Position, parse } from "acorn";
import { childrenOf } from "../../cell/scope.ts";
import type { Scripts } from "./scripts.ts";

type Spot = Pick<Debugger.Location, "scriptId" | "lineNumber" | "columnNumber">;

/**
 * Whether code of the user's catches what was thrown: the inspector cannot tell, for every error of a cell is caught in
 * the end, by the kernel that shows it.
 */
export async function isCaught(
  inspector: Session,
  scripts: Scripts,
  { callFrames, asyncStackTrace }: Debugger.PausedEventDataType,
): Promise<boolean> {
  const waiting: Spot[] = [];
  for (let stack = asyncStackTrace; stack; stack = stack.parent) waiting.push(...stack.callFrames);
  for (const spot of [...callFrames.map(({ location }) => location), ...waiting]) {
    if (!scripts.find(spot.scriptId)) continue;
    const { scriptSource } = await inspector.post("Debugger.getScriptSource", { scriptId: spot.scriptId });
    if (isInTry(programOf(scriptSource), { line: spot.lineNumber + 1, column: spot.columnNumber ?? 0 }))
      return true;
  }
  return false;
}

function programOf(source: string): AnyNode {
  return parse(source, { ecmaVersion: "latest", sourceType: "module", locations: true });
}

/** Whether a place is in a block whose errors are caught, in the same function. */
function isInTry(node: AnyNode, place: Position): boolean {
  const inside = childrenOf(node).find((child) => contains(child, place));
  if (!inside) return false;
  if (isInTry(inside, place)) return true;
  return (
    node.type === "TryStatement" &&
    node.handler !== undefined &&
    node.handler !== null &&
    inside === node.block
  );
}

function contains({ loc }: AnyNode, { line, column }: Position): boolean {
  if (!loc) return false;
  const { start, end } = loc;
  const startsBefore = start.line < line || (start.line === line && start.column <= column);
  const endsAfter = end.line > line || (end.line === line && end.column > column);
  return startsBefore && endsAfter;
}
