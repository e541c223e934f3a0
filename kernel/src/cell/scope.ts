import type { AnyNode, Pattern, Program } from "acorn";

/** The names that a stretch of code declares for itself. */
export interface Scope {
  readonly names: ReadonlySet<string>;
  readonly parent: Scope | undefined;
}

/** A function of any kind. */
export type FunctionNode = Extract<
  AnyNode,
  { type: "FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression" }
>;

/** How a name of a cell's top level is declared. */
export type DeclarationKind = "var" | "let" | "const" | "using" | "function" | "class" | "import";

/** A scope inside another. */
export function innerScope(parent: Scope, names: Iterable<string>): Scope {
  return { names: new Set(names), parent };
}

/** Whether a name belongs to a scope inside the cell, rather than to the cell's top level or beyond. */
export function isLocal(name: string, scope: Scope): boolean {
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    if (current.names.has(name)) return true;
  }
  return false;
}

/** All names that a cell declares at its top level, including `var` inside blocks. */
export function topLevelNames(program: Program): Map<string, DeclarationKind> {
  const names = new Map<string, DeclarationKind>();
  for (const name of hoistedNames(program)) names.set(name, "var");
  for (const statement of program.body) {
    for (const [name, kind] of declaredBy(unwrapExport(statement))) names.set(name, kind);
  }
  return names;
}

/** The names that the statements of a block declare for the block. */
export function blockNames(statements: readonly AnyNode[]): string[] {
  return statements.flatMap((statement) => {
    if (statement.type === "VariableDeclaration" && statement.kind === "var") return [];
    return declaredBy(statement).map(([name]) => name);
  });
}

/** The names that `var` declares for a function or for the cell, however deep in blocks. */
export function hoistedNames(node: AnyNode): string[] {
  return childrenOf(node).flatMap((child) => {
    if (isFunction(child) || child.type === "StaticBlock") return [];
    if (child.type !== "VariableDeclaration" || child.kind !== "var") return hoistedNames(child);
    return [...child.declarations.flatMap(({ id }) => patternNames(id)), ...hoistedNames(child)];
  });
}

/** The names that a pattern binds or assigns, such as `a` and `c` of `{ a, b: [c] }`. */
export function patternNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === "Property" ? property.value : property.argument),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
    case "RestElement":
      return patternNames(pattern.argument);
    case "AssignmentPattern":
      return patternNames(pattern.left);
    default:
      return [];
  }
}

/** The declaration behind `export`; any other statement as it is. */
export function unwrapExport(statement: AnyNode): AnyNode {
  if (statement.type === "ExportNamedDeclaration" && statement.declaration) return statement.declaration;
  return statement.type === "ExportDefaultDeclaration" ? statement.declaration : statement;
}

/** The nodes directly below a node, in the order of the text. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const values: unknown[] = Object.values(node);
  return values.flat().filter(isNode);
}

/** Whether a node is a function of any kind. */
export function isFunction(node: AnyNode): node is FunctionNode {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  );
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function declaredBy(node: AnyNode): [string, DeclarationKind][] {
  switch (node.type) {
    case "VariableDeclaration": {
      const kind = node.kind === "await using" ? "using" : node.kind;
      return node.declarations.flatMap(({ id }) => patternNames(id)).map((name) => [name, kind]);
    }
    case "FunctionDeclaration":
      return node.id ? [[node.id.name, "function"]] : [];
    case "ClassDeclaration":
      return node.id ? [[node.id.name, "class"]] : [];
    case "ImportDeclaration":
      return node.specifiers.map(({ local }) => [local.name, "import"]);
    default:
      return [];
  }
}
