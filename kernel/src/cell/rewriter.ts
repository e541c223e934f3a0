import { MAGIC_CALL } from "@tombolo/bundle/cell/split";
import type { AnyNode, Identifier, ImportExpression, Pattern, Program, VariableDeclaration } from "acorn";
import MagicString from "magic-string";
import { rewriteClass, rewriteNamed, rewriteVariables } from "./rewrite-declaration.ts";
import { rewriteDefault, rewriteExport, rewriteExportFrom, rewriteImport } from "./rewrite-module.ts";
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

/** A mistake in a cell that the rewriter or its parser finds; `position` is an index into the text it was given. */
export class RewriteError extends SyntaxError {
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** What the rewriter is told of a cell. */
export interface CellNames {
  /** Put before a name to make the name of its reference cell. */
  readonly prefix: string;
  /** Names of the cell's top level that other cells see. */
  readonly declared: ReadonlyMap<string, DeclarationKind>;
  /** Names of the cell's top level that no other cell sees. */
  readonly hidden: ReadonlySet<string>;
  /** Whether a free name is a variable of the notebook. */
  isShared(name: string): boolean;
}

/** Walks a cell once and edits its text; see `rewriteCell`. */
export class Rewriter {
  readonly source: string;
  readonly edits: MagicString;
  readonly declared: CellNames["declared"];
  /** Names that were turned into reference cells. */
  readonly references = new Set<string>();
  /** Whether the cell awaits outside of functions. */
  awaits = false;
  readonly #names: CellNames;
  #functionDepth = 0;

  constructor(source: string, names: CellNames) {
    this.source = source;
    this.edits = new MagicString(source);
    this.declared = names.declared;
    this.#names = names;
    for (const name of names.declared.keys()) this.references.add(name);
  }

  /** Edits the whole program. */
  rewrite(program: Program): void {
    const top: Scope = { names: this.#names.hidden, parent: undefined };
    for (const statement of program.body) this.topLevel(statement, top, statement === program.body.at(-1));
  }

  /** Edits a statement of the top level; the value of the last is the value of the cell. */
  topLevel(statement: AnyNode, scope: Scope, isLast: boolean): void {
    switch (statement.type) {
      case "ExpressionStatement":
        if (isLast && !this.#isMade(statement.expression)) {
          this.edits.appendLeft(statement.start, "return ");
          this.visit(statement.expression, scope);
        } else this.visit(statement, scope);
        return;
      case "ClassDeclaration":
        rewriteClass(this, statement, scope);
        return;
      case "ImportDeclaration":
        rewriteImport(this, statement);
        return;
      case "ExportNamedDeclaration":
        rewriteExport(this, statement, scope);
        return;
      case "ExportDefaultDeclaration":
        rewriteDefault(this, statement, scope, isLast);
        return;
      case "ExportAllDeclaration":
        rewriteExportFrom(this, statement);
        return;
      default:
        this.visit(statement, scope);
    }
  }

  /** Edits a node and what is below it. */
  visit(node: AnyNode, scope: Scope): void {
    if (isFunction(node)) {
      this.#function(node, scope);
      return;
    }
    switch (node.type) {
      case "Identifier":
        this.#reference(node, scope);
        return;
      case "MemberExpression":
        this.visit(node.object, scope);
        if (node.computed) this.visit(node.property, scope);
        return;
      case "Property":
        this.#property(node, scope);
        return;
      case "MethodDefinition":
        if (node.computed) this.visit(node.key, scope);
        this.visit(node.value, scope);
        return;
      case "PropertyDefinition":
        if (node.computed) this.visit(node.key, scope);
        if (node.value) this.#inFunction(node.value, scope);
        return;
      case "StaticBlock":
        this.#inFunction(node.body, innerScope(scope, [...blockNames(node.body), ...hoistedNames(node)]));
        return;
      case "ClassDeclaration":
      case "ClassExpression":
        this.visitAll(
          childrenOf(node).filter((child) => child !== node.id),
          // A class knows itself by its own name while it is being made, whatever the notebook's variable holds.
          node.id ? innerScope(scope, [node.id.name]) : scope,
        );
        return;
      case "ExpressionStatement":
        this.#showMagic(node.expression);
        this.visit(node.expression, scope);
        return;
      case "LabeledStatement":
        this.visit(node.body, scope);
        return;
      case "BreakStatement":
      case "ContinueStatement":
        return;
      default:
        this.#visitStatement(node, scope);
    }
  }

  #visitStatement(node: AnyNode, scope: Scope): void {
    switch (node.type) {
      case "BlockStatement":
        this.visitAll(node.body, innerScope(scope, blockNames(node.body)));
        return;
      case "SwitchStatement": {
        const statements = node.cases.flatMap((part) => part.consequent);
        this.visit(node.discriminant, scope);
        this.visitAll(node.cases, innerScope(scope, blockNames(statements)));
        return;
      }
      case "CatchClause":
        this.visitAll(childrenOf(node), innerScope(scope, node.param ? patternNames(node.param) : []));
        return;
      case "ForStatement":
        this.#loop(node, node.init, scope);
        return;
      case "ForInStatement":
        this.#checkTarget(node.left, scope);
        this.#loop(node, node.left, scope);
        return;
      case "ForOfStatement":
        if (node.await) this.noteAwait();
        this.#checkTarget(node.left, scope);
        this.#loop(node, node.left, scope);
        return;
      case "VariableDeclaration":
        rewriteVariables(this, node, scope);
        return;
      default:
        this.#visitExpression(node, scope);
    }
  }

  #visitExpression(node: AnyNode, scope: Scope): void {
    switch (node.type) {
      case "CallExpression":
        this.#callee(node.callee, scope);
        this.visitAll(node.arguments, scope);
        return;
      case "TaggedTemplateExpression":
        this.#callee(node.tag, scope);
        this.visit(node.quasi, scope);
        return;
      case "UnaryExpression":
        if (node.operator === "typeof" && node.argument.type === "Identifier")
          this.#reference(node.argument, scope, "o");
        else this.visit(node.argument, scope);
        return;
      case "AssignmentExpression":
        this.#checkTarget(node.left, scope);
        this.#assignment(node, scope);
        return;
      case "AssignmentPattern":
        this.#assignment(node, scope);
        return;
      case "UpdateExpression":
        if (node.argument.type === "Identifier") this.#checkTarget(node.argument, scope);
        this.visit(node.argument, scope);
        return;
      case "AwaitExpression":
        this.noteAwait();
        this.visit(node.argument, scope);
        return;
      case "ImportExpression":
        this.#importExpression(node, scope);
        return;
      case "MetaProperty":
        if (node.meta.name === "import") this.overwrite(node, "$meta");
        return;
      default:
        this.visitAll(childrenOf(node), scope);
    }
  }

  /** Edits nodes in the order of the text. */
  visitAll(nodes: readonly (AnyNode | null)[], scope: Scope): void {
    for (const node of nodes) if (node) this.visit(node, scope);
  }

  /** Name of the reference cell of a name. */
  cellName(name: string): string {
    return this.#names.prefix + name;
  }

  /** The text that stands for a notebook variable. */
  cell(name: string): string {
    return `${this.cellName(name)}.v`;
  }

  /** Notes that the cell awaits here, unless here is inside a function. */
  noteAwait(): void {
    if (this.#functionDepth === 0) this.awaits = true;
  }

  /** Puts other text in place of a node. */
  overwrite({ start, end }: { readonly start: number; readonly end: number }, text: string): void {
    this.edits.overwrite(start, end, text);
  }

  /** Whether a name that the code uses lives in a reference cell. */
  #isReference(name: string, scope: Scope): boolean {
    if (isLocal(name, scope) || name === "arguments") return false;
    if (!this.declared.has(name) && !this.#names.isShared(name)) return false;
    this.references.add(name);
    return true;
  }

  #reference(node: Identifier, scope: Scope, property: "v" | "o" = "v"): void {
    if (this.#isReference(node.name, scope)) this.overwrite(node, `${this.cellName(node.name)}.${property}`);
  }

  /** `f()` must not get the reference cell as `this`. */
  #callee(node: AnyNode, scope: Scope): void {
    if (node.type !== "Identifier") this.visit(node, scope);
    else if (this.#isReference(node.name, scope)) this.overwrite(node, `(0,${this.cell(node.name)})`);
  }

  #property(node: Extract<AnyNode, { type: "Property" }>, scope: Scope): void {
    if (!node.shorthand) {
      if (node.computed) this.visit(node.key, scope);
      this.visit(node.value, scope);
      return;
    }
    const name = node.value.type === "AssignmentPattern" ? node.value.left : node.value;
    if (name.type === "Identifier" && this.#isReference(name.name, scope)) {
      // `{ __proto__ }` makes a property of that name, but `{ __proto__: x }` would set the prototype.
      const key = name.name === "__proto__" ? '["__proto__"]' : name.name;
      this.overwrite(name, `${key}: ${this.cell(name.name)}`);
    }
    if (node.value.type !== "AssignmentPattern" || name.type !== "Identifier") return;
    if (isLocal(name.name, scope)) this.visit(node.value.right, scope);
    else rewriteNamed(this, name.name, node.value.right, scope);
  }

  #assignment(
    node: Extract<AnyNode, { type: "AssignmentExpression" | "AssignmentPattern" }>,
    scope: Scope,
  ): void {
    const { left, right } = node;
    this.visit(left, scope);
    // In parentheses a name gives no name.
    if (left.type === "Identifier" && left.start === node.start && !isLocal(left.name, scope))
      rewriteNamed(this, left.name, right, scope);
    else this.visit(right, scope);
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
    this.visitAll([nodes].flat(), scope);
    this.#functionDepth -= 1;
  }

  #loop(node: AnyNode, head: AnyNode | null | undefined, scope: Scope): void {
    const names = head?.type === "VariableDeclaration" ? blockNames([head]) : [];
    this.visitAll(childrenOf(node), innerScope(scope, names));
  }

  #importExpression(node: ImportExpression, scope: Scope): void {
    this.edits.overwrite(node.start, node.start + "import".length, "$load");
    this.visitAll([node.source, node.options], scope);
  }

  /** What a magic gives is shown also where it is not the value of the cell, as `display` does. */
  #showMagic(expression: AnyNode): void {
    if (expression.type !== "AwaitExpression" || expression.argument.type !== "CallExpression") return;
    const { callee } = expression.argument;
    if (callee.type === "Identifier" && callee.name === MAGIC_CALL)
      this.edits.appendLeft(callee.end, ".shown");
  }

  /** Whether an expression came in with the lowering of newer syntax, so that its value is nothing of the user's. */
  #isMade(expression: AnyNode): boolean {
    const isHidden = (node: AnyNode) => node.type === "Identifier" && this.#names.hidden.has(node.name);
    if (expression.type === "SequenceExpression")
      return expression.expressions.every((one) => this.#isMade(one));
    if (expression.type === "CallExpression") return isHidden(expression.callee);
    if (expression.type !== "AssignmentExpression") return false;
    return isHidden(expression.left) || this.#isMade(expression.right);
  }

  /** A `const` stays one inside its cell; a later cell may declare the name again. */
  #checkTarget(target: Pattern | VariableDeclaration, scope: Scope): void {
    if (target.type === "VariableDeclaration") return;
    for (const name of patternNames(target)) {
      if (this.declared.get(name) === "const" && !isLocal(name, scope)) {
        throw new RewriteError(
          `Cannot assign to "${name}" because it is a constant of this cell`,
          target.start,
        );
      }
    }
  }
}
