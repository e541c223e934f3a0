import type {
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
} from "acorn";
import type { Rewriter } from "./rewriter.ts";
import type { Scope } from "./scope.ts";

/** Turns `import { a } from "b"` into a call that loads the module and fills reference cells from it. */
export function rewriteImport(rewriter: Rewriter, node: ImportDeclaration): void {
  const bindings = node.specifiers.map((specifier) => {
    const cell = rewriter.cellName(specifier.local.name);
    if (specifier.type === "ImportNamespaceSpecifier") return `["*", ${cell}]`;
    if (specifier.type === "ImportDefaultSpecifier") return `["default", ${cell}]`;
    const { imported } = specifier;
    return `[${JSON.stringify(imported.type === "Identifier" ? imported.name : imported.value)}, ${cell}]`;
  });
  const attributes = node.attributes.map(({ key, value }) => {
    const name = key.type === "Identifier" ? key.name : key.value;
    return `${JSON.stringify(name)}: ${JSON.stringify(value.value)}`;
  });
  const options = attributes.length > 0 ? `{ with: { ${attributes.join(", ")} } }` : undefined;
  const { value } = node.source;
  const call = `$import(${loadCall(rewriter, value, options)}, ${JSON.stringify(value)}, [${bindings.join(", ")}]);`;
  rewriter.overwrite(node, call);
}

/** Takes `export` away: all that a cell declares is seen by other cells anyway. */
export function rewriteExport(rewriter: Rewriter, node: ExportNamedDeclaration, scope: Scope): void {
  if (node.declaration) {
    rewriter.edits.remove(node.start, node.declaration.start);
    rewriter.topLevel(node.declaration, scope, false);
  } else rewriteExportFrom(rewriter, node);
}

/** `export … from "b"` loads the module. */
export function rewriteExportFrom(
  rewriter: Rewriter,
  node: ExportNamedDeclaration | ExportAllDeclaration,
): void {
  rewriter.overwrite(node, node.source ? `${loadCall(rewriter, node.source.value)};` : ";");
}

/** `export default` of a declaration is the declaration; of a value, the value of the cell when nothing follows. */
export function rewriteDefault(
  rewriter: Rewriter,
  { start, end, declaration }: ExportDefaultDeclaration,
  scope: Scope,
  isLast: boolean,
): void {
  const isNamed = "id" in declaration && declaration.id;
  if ((declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration") && isNamed) {
    rewriter.edits.remove(start, declaration.start);
    rewriter.topLevel(declaration, scope, false);
    return;
  }
  // The value may stand in parentheses of its own.
  const head = /^export\s+default/.exec(rewriter.source.slice(start, declaration.start))?.[0] ?? "";
  const hasSemicolon = rewriter.source[end - 1] === ";";
  rewriter.overwrite({ start, end: start + head.length }, isLast ? "return (" : "void (");
  rewriter.visit(declaration, scope);
  rewriter.edits.appendRight(hasSemicolon ? end - 1 : end, hasSemicolon ? ")" : ");");
}

function loadCall(rewriter: Rewriter, specifier: unknown, options?: string): string {
  rewriter.noteAwait();
  const quoted = JSON.stringify(String(specifier));
  return `await $load(${options ? `${quoted}, ${options}` : quoted})`;
}
