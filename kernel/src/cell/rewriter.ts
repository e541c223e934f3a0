import type {
  AnonymousClassDeclaration,
  AnyNode,
  ClassDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Identifier,
  ImportDeclaration,
  ImportExpression,
  Pattern,
  Program,
  VariableDeclaration,
  VariableDeclarator,
} from "acorn";
import MagicString from "magic-string";
import {
  blockNames,
  childrenOf,
  type DeclarationKind,
  type FunctionNode,
  hoistedNames,
  innerScope,
  isFunction,
  isLocal,
  patternNames,
  type Scope,
} from "./scope.ts";
import { plainSpecifier } from "./specifier.ts";

/** A mistake in a cell that the rewriter or its parser finds; `position` is an index into the text it was given. */
export class RewriteError extends SyntaxError {
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** Walks a cell once and edits its text; see `rewriteCell`. */
export class Rewriter {
  readonly edits: MagicString;
  /** Names that were turned into reference cells. */
  readonly references = new Set<string>();
  /** Whether the cell awaits outside of functions. */
  awaits = false;
  readonly #source: string;
  readonly #prefix: string;
  readonly #declared: ReadonlyMap<string, DeclarationKind>;
  readonly #isShared: (name: string) => boolean;
  #functionDepth = 0;

  constructor(
    source: string,
    prefix: string,
    declared: ReadonlyMap<string, DeclarationKind>,
    isShared: (name: string) => boolean,
  ) {
    this.edits = new MagicString(source);
    this.#source = source;
    this.#prefix = prefix;
    this.#declared = declared;
    this.#isShared = isShared;
    for (const name of declared.keys()) this.references.add(name);
  }

  /** Edits the whole program. */
  rewrite(program: Program): void {
    const top: Scope = { names: new Set(), parent: undefined };
    for (const statement of program.body) {
      const isLast = statement === program.body.at(-1);
      this.#topLevel(statement, top, isLast);
    }
  }

  #topLevel(statement: AnyNode, scope: Scope, isLast: boolean): void {
    switch (statement.type) {
      case "ExpressionStatement":
        if (isLast) this.edits.appendLeft(statement.start, "return ");
        this.#visit(statement.expression, scope);
        break;
      case "VariableDeclaration":
        this.#declaration(statement, scope);
        break;
      case "ClassDeclaration":
        this.#classDeclaration(statement, scope);
        break;
      case "ImportDeclaration":
        this.#importDeclaration(statement);
        break;
      case "ExportNamedDeclaration":
        this.#exportNamed(statement, scope);
        break;
      case "ExportDefaultDeclaration":
        this.#exportDefault(statement, scope, isLast);
        break;
      case "ExportAllDeclaration":
        this.#overwrite(statement, `${this.#load(statement.source.value)};`);
        break;
      default:
        this.#visit(statement, scope);
    }
  }

  #visit(node: AnyNode, scope: Scope): void {
    if (isFunction(node)) {
      this.#function(node, scope);
      return;
    }
    switch (node.type) {
      case "Identifier":
        this.#reference(node, scope);
        return;
      case "MemberExpression":
        this.#visit(node.object, scope);
        if (node.computed) this.#visit(node.property, scope);
        return;
      case "Property":
        this.#property(node, scope);
        return;
      case "MethodDefinition":
        if (node.computed) this.#visit(node.key, scope);
        this.#visit(node.value, scope);
        return;
      case "PropertyDefinition":
        if (node.computed) this.#visit(node.key, scope);
        if (node.value) this.#inFunction(node.value, scope);
        return;
      case "StaticBlock":
        this.#inFunction(node.body, innerScope(scope, [...blockNames(node.body), ...hoistedNames(node)]));
        return;
      case "ClassDeclaration":
      case "ClassExpression":
        this.#visitAll(
          childrenOf(node).filter((child) => child !== node.id),
          this.#classScope(node, scope),
        );
        return;
      case "BlockStatement":
        this.#visitAll(node.body, innerScope(scope, blockNames(node.body)));
        return;
      case "SwitchStatement":
        this.#visit(node.discriminant, scope);
        this.#visitAll(
          node.cases,
          innerScope(
            scope,
            node.cases.flatMap((part) => blockNames(part.consequent)),
          ),
        );
        return;
      case "CatchClause":
        this.#visitAll(childrenOf(node), innerScope(scope, node.param ? patternNames(node.param) : []));
        return;
      case "LabeledStatement":
        this.#visit(node.body, scope);
        return;
      case "BreakStatement":
      case "ContinueStatement":
        return;
      default:
        this.#visitMore(node, scope);
    }
  }

  #visitMore(node: AnyNode, scope: Scope): void {
    switch (node.type) {
      case "ForStatement":
        this.#loop(node, node.init, scope);
        return;
      case "ForInStatement":
        this.#checkTarget(node.left, scope);
        this.#loop(node, node.left, scope);
        return;
      case "ForOfStatement":
        if (node.await) this.#awaited();
        this.#checkTarget(node.left, scope);
        this.#loop(node, node.left, scope);
        return;
      case "VariableDeclaration":
        this.#declaration(node, scope);
        return;
      case "CallExpression":
        if (node.callee.type === "Identifier") this.#callee(node.callee, scope);
        else this.#visit(node.callee, scope);
        this.#visitAll(node.arguments, scope);
        return;
      case "TaggedTemplateExpression":
        if (node.tag.type === "Identifier") this.#callee(node.tag, scope);
        else this.#visit(node.tag, scope);
        this.#visit(node.quasi, scope);
        return;
      case "UnaryExpression":
        if (node.operator === "typeof" && node.argument.type === "Identifier") {
          this.#reference(node.argument, scope, "o");
          return;
        }
        this.#visit(node.argument, scope);
        return;
      case "AssignmentExpression":
        this.#checkTarget(node.left, scope);
        this.#visitAll([node.left, node.right], scope);
        return;
      case "UpdateExpression":
        if (node.argument.type === "Identifier") this.#checkTarget(node.argument, scope);
        this.#visit(node.argument, scope);
        return;
      case "AwaitExpression":
        this.#awaited();
        this.#visit(node.argument, scope);
        return;
      case "ImportExpression":
        this.#importExpression(node, scope);
        return;
      case "MetaProperty":
        if (node.meta.name === "import") this.#overwrite(node, "$meta");
        return;
      default:
        this.#visitAll(childrenOf(node), scope);
        return;
    }
  }

  #visitAll(nodes: readonly (AnyNode | null)[], scope: Scope): void {
    for (const node of nodes) if (node) this.#visit(node, scope);
  }

  /** Whether a name that the code uses lives in a reference cell. */
  #isReference(name: string, scope: Scope): boolean {
    if (isLocal(name, scope) || name === "arguments") return false;
    if (!this.#declared.has(name) && !this.#isShared(name)) return false;
    this.references.add(name);
    return true;
  }

  #reference(node: Identifier, scope: Scope, property: "v" | "o" = "v"): void {
    if (this.#isReference(node.name, scope)) this.#overwrite(node, `${this.#prefix}${node.name}.${property}`);
  }

  /** `f()` must not get the reference cell as `this`. */
  #callee(node: Identifier, scope: Scope): void {
    if (this.#isReference(node.name, scope)) this.#overwrite(node, `(0,${this.#prefix}${node.name}.v)`);
  }

  #property(node: Extract<AnyNode, { type: "Property" }>, scope: Scope): void {
    if (!node.shorthand) {
      if (node.computed) this.#visit(node.key, scope);
      this.#visit(node.value, scope);
      return;
    }
    const name = node.value.type === "AssignmentPattern" ? node.value.left : node.value;
    if (name.type === "Identifier" && this.#isReference(name.name, scope)) {
      this.#overwrite(name, `${name.name}: ${this.#prefix}${name.name}.v`);
    }
    if (node.value.type === "AssignmentPattern") this.#visit(node.value.right, scope);
  }

  #function(node: FunctionNode, scope: Scope): void {
    const names = [...node.params.flatMap(patternNames), ...hoistedNames(node)];
    if (node.type === "FunctionExpression" && node.id) names.push(node.id.name);
    if (node.type !== "ArrowFunctionExpression") names.push("arguments");
    const inner = innerScope(scope, names);
    this.#inFunction(node.params, inner);
    this.#inFunction(node.body, inner);
  }

  #inFunction(nodes: AnyNode | readonly AnyNode[], scope: Scope): void {
    this.#functionDepth += 1;
    this.#visitAll([nodes].flat(), scope);
    this.#functionDepth -= 1;
  }

  #awaited(): void {
    if (this.#functionDepth === 0) this.awaits = true;
  }

  /** A class knows itself by its own name while it is being made, whatever the notebook's variable holds. */
  #classScope(node: { readonly id?: Identifier | null | undefined }, scope: Scope): Scope {
    return node.id ? innerScope(scope, [node.id.name]) : scope;
  }

  #loop(node: AnyNode, head: AnyNode | null | undefined, scope: Scope): void {
    const names = head?.type === "VariableDeclaration" ? blockNames([head]) : [];
    this.#visitAll(childrenOf(node), innerScope(scope, names));
  }

  /** Turns `const x = 1, { y } = z` into assignments when the names are the cell's own, not a block's. */
  #declaration(node: VariableDeclaration, scope: Scope): void {
    if (node.kind === "await using") this.#awaited();
    const names = node.declarations.flatMap(({ id }) => patternNames(id));
    const isTop = names.every((name) => this.#declared.has(name) && !isLocal(name, scope));
    if (!isTop) {
      this.#visitAll(node.declarations, scope);
      return;
    }
    if (node.kind === "using" || node.kind === "await using") {
      for (const { init } of node.declarations) if (init) this.#visit(init, scope);
      const assign = names.map((name) => ` ${this.#prefix}${name}.v = ${name};`).join("");
      this.edits.appendRight(node.end, assign);
      return;
    }
    const first = node.declarations[0];
    if (first) this.edits.remove(node.start, first.start);
    for (const declarator of node.declarations) this.#declarator(node, declarator, scope);
  }

  #declarator(declaration: VariableDeclaration, { id, init, end }: VariableDeclarator, scope: Scope): void {
    const isHead = /^\s*(?:of|in)\b/.test(this.#source.slice(end)) && !init;
    if (id.type === "Identifier" && !init && !isHead) {
      this.references.add(id.name);
      const text = declaration.kind === "var" ? "void 0" : `${this.#prefix}${id.name}.v = undefined`;
      this.#overwrite(id, text);
      return;
    }
    if (id.type === "ObjectPattern" && init) {
      this.edits.appendLeft(id.start, "(");
      this.edits.appendRight(end, ")");
    }
    this.#visit(id, scope);
    if (!init) return;
    if (id.type === "Identifier") this.#initialValue(id.name, init, scope);
    else this.#visit(init, scope);
  }

  #initialValue(name: string, init: AnyNode, scope: Scope): void {
    const enumeration = mergedEnumeration(name, init);
    if (enumeration) this.#overwrite(enumeration, "{}");
    const isAnonymous =
      init.type === "ArrowFunctionExpression" ||
      ((init.type === "FunctionExpression" || init.type === "ClassExpression") && !init.id);
    if (!isAnonymous) {
      this.#visit(enumeration && init.type === "CallExpression" ? init.callee : init, scope);
      return;
    }
    // A function takes its `name` from a property, but not from an assignment to `$x.v`.
    this.edits.appendLeft(init.start, `({${JSON.stringify(name)}: `);
    this.#visit(init, scope);
    this.edits.appendRight(init.end, `})[${JSON.stringify(name)}]`);
  }

  #classDeclaration(node: AnonymousClassDeclaration | ClassDeclaration, scope: Scope): void {
    if (!node.id) {
      this.#visit(node, scope);
      return;
    }
    this.edits.appendLeft(node.start, `${this.#prefix}${node.id.name}.v = `);
    this.#visit(node, scope);
    this.edits.appendRight(node.end, ";");
  }

  #exportNamed(node: ExportNamedDeclaration, scope: Scope): void {
    if (node.declaration) {
      this.edits.remove(node.start, node.declaration.start);
      this.#topLevel(node.declaration, scope, false);
    } else this.#overwrite(node, node.source ? `${this.#load(node.source.value)};` : ";");
  }

  #exportDefault({ start, end, declaration }: ExportDefaultDeclaration, scope: Scope, isLast: boolean): void {
    const isNamed = "id" in declaration && declaration.id;
    if ((declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration") && isNamed) {
      this.edits.remove(start, declaration.start);
      this.#topLevel(declaration, scope, false);
      return;
    }
    this.#overwrite({ start, end: declaration.start }, isLast ? "return (" : "void (");
    this.#visit(declaration, scope);
    this.edits.appendRight(declaration.end, ")");
    if (this.#source[end - 1] !== ";") this.edits.appendRight(end, ";");
  }

  #importDeclaration(node: ImportDeclaration): void {
    const bindings = node.specifiers.map((specifier) => {
      const cell = this.#prefix + specifier.local.name;
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
    const source = JSON.stringify(node.source.value);
    this.#overwrite(
      node,
      `$import(${this.#load(node.source.value, options)}, ${source}, [${bindings.join(", ")}]);`,
    );
  }

  #load(specifier: unknown, options?: string): string {
    this.#awaited();
    const plain = JSON.stringify(plainSpecifier(String(specifier)));
    return `await $load(${options ? `${plain}, ${options}` : plain})`;
  }

  #importExpression(node: ImportExpression, scope: Scope): void {
    this.edits.overwrite(node.start, node.start + "import".length, "$load");
    this.#visitAll([node.source, node.options], scope);
  }

  /** A `const` stays one inside its cell; a later cell may declare the name again. */
  #checkTarget(target: Pattern | VariableDeclaration, scope: Scope): void {
    if (target.type === "VariableDeclaration") return;
    for (const name of patternNames(target)) {
      if (this.#declared.get(name) === "const" && !isLocal(name, scope)) {
        throw new RewriteError(
          `Cannot assign to "${name}" because it is a constant of this cell`,
          target.start,
        );
      }
    }
  }

  #overwrite({ start, end }: { readonly start: number; readonly end: number }, text: string): void {
    this.edits.overwrite(start, end, text);
  }
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
