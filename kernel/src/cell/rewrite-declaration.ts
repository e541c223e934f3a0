import type {
  AnonymousClassDeclaration,
  AnyNode,
  ClassDeclaration,
  VariableDeclaration,
  VariableDeclarator,
} from "acorn";
import type { Rewriter } from "./rewriter.ts";
import { isLocal, patternNames, type Scope } from "./scope.ts";

/** Turns `const x = 1, { y } = z` into assignments when the names are the cell's own, not a block's. */
export function rewriteVariables(rewriter: Rewriter, node: VariableDeclaration, scope: Scope): void {
  if (node.kind === "await using") rewriter.noteAwait();
  const names = node.declarations.flatMap(({ id }) => patternNames(id));
  const isTop = names.every((name) => rewriter.declared.has(name) && !isLocal(name, scope));
  if (!isTop) {
    rewriter.visitAll(node.declarations, scope);
    return;
  }
  if (node.kind === "using" || node.kind === "await using") {
    for (const { init } of node.declarations) if (init) rewriter.visit(init, scope);
    const assign = names.map((name) => ` ${rewriter.cell(name)} = ${name};`).join("");
    rewriter.edits.appendRight(node.end, assign);
    return;
  }
  const first = node.declarations[0];
  if (first) rewriter.edits.remove(node.start, first.start);
  for (const declarator of node.declarations) rewriteDeclarator(rewriter, node, declarator, scope);
}

/** Turns `class A {}` of the cell's top level into an assignment. */
export function rewriteClass(
  rewriter: Rewriter,
  node: ClassDeclaration | AnonymousClassDeclaration,
  scope: Scope,
): void {
  if (!node.id || !rewriter.declared.has(node.id.name)) {
    rewriter.visit(node, scope);
    return;
  }
  rewriter.edits.appendLeft(node.start, `${rewriter.cell(node.id.name)} = `);
  rewriter.visit(node, scope);
  rewriter.edits.appendRight(node.end, ";");
}

function rewriteDeclarator(
  rewriter: Rewriter,
  declaration: VariableDeclaration,
  { id, init, end }: VariableDeclarator,
  scope: Scope,
): void {
  const isHead = /^\s*(?:of|in)\b/.test(rewriter.source.slice(end)) && !init;
  if (id.type === "Identifier" && !init && !isHead) {
    rewriter.references.add(id.name);
    // `var x;` leaves the value that x has.
    rewriter.overwrite(id, declaration.kind === "var" ? "void 0" : `${rewriter.cell(id.name)} = undefined`);
    return;
  }
  if (id.type === "ObjectPattern" && init) {
    rewriter.edits.appendLeft(id.start, "(");
    rewriter.edits.appendRight(end, ")");
  }
  rewriter.visit(id, scope);
  if (!init) return;
  if (id.type === "Identifier") rewriteInitialValue(rewriter, id.name, init, scope);
  else rewriter.visit(init, scope);
}

function rewriteInitialValue(rewriter: Rewriter, name: string, init: AnyNode, scope: Scope): void {
  const enumeration = mergedEnumeration(name, init);
  if (enumeration) rewriter.overwrite(enumeration, "{}");
  if (enumeration && init.type === "CallExpression") rewriter.visit(init.callee, scope);
  else rewriteNamed(rewriter, name, init, scope);
}

/** Edits the value that a variable is given: a function without a name takes the variable's, as it would from `x = () => 1`. */
export function rewriteNamed(rewriter: Rewriter, name: string, value: AnyNode, scope: Scope): void {
  const isAnonymous =
    value.type === "ArrowFunctionExpression" ||
    ((value.type === "FunctionExpression" || value.type === "ClassExpression") && !value.id);
  if (!isAnonymous) {
    rewriter.visit(value, scope);
    return;
  }
  // It takes its name from a property, but not from an assignment to `$x.v`.
  const key = JSON.stringify(name);
  rewriter.edits.appendLeft(value.start, `({[${key}]: `);
  rewriter.visit(value, scope);
  rewriter.edits.appendRight(value.end, `})[${key}]`);
}

/**
 * The `E || {}` at the end of `var E = function (E) {…}(E || {})`, into which an `enum` is printed. Running the cell again
 * must make a new enumeration, not add to the old one.
 */
function mergedEnumeration(name: string, init: AnyNode): AnyNode | undefined {
  const argument = init.type === "CallExpression" ? init.arguments[0] : undefined;
  if (argument?.type !== "LogicalExpression" || argument.operator !== "||") return undefined;
  return argument.left.type === "Identifier" && argument.left.name === name ? argument : undefined;
}
