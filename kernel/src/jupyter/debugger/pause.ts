import type { Debugger, Runtime } from "node:inspector";
import type { Session } from "node:inspector/promises";
import { cleanMessage } from "../../cell/stack.ts";
import { isJson } from "../wire.ts";
import { DEBUGGER_KEY, type Variable } from "./code.ts";
import { frameExpression } from "./frame-expression.ts";
import type { Script, Scripts } from "./scripts.ts";

/** A frame of the user's code, as the Debug Adapter Protocol has it. */
export interface StackFrame {
  readonly id: number;
  readonly name: string;
  readonly source: { readonly name: string; readonly path: string };
  readonly line: number;
  readonly column: number;
}

/** A group of variables of a frame. */
export interface Scope {
  readonly name: string;
  readonly variablesReference: number;
  readonly expensive: boolean;
}

interface Frame {
  readonly call: Debugger.CallFrame;
  readonly shown: StackFrame;
}

/** Numbers of scopes are above this, numbers of things with members below. */
const FIRST_SCOPE = 2 ** 40;
const OBJECTS = "pause";
/** How long an expression may take, in milliseconds: while it is evaluated the inspector hears nothing, not even a stop. */
const MOST_TIME = 3000;
const LOCAL: ReadonlySet<string> = new Set(["local", "block", "catch", "eval", "with"]);
const CLOSURE: ReadonlySet<string> = new Set(["closure", "module", "class"]);

/** The main thread standing still, as it can be looked at until it goes on. */
export class Pause {
  readonly #inspector: Session;
  readonly #frames: readonly Frame[];
  /** What each number of a scope stands for. */
  readonly #scopes: (() => Promise<Variable[]>)[] = [];

  constructor(inspector: Session, scripts: Scripts, calls: readonly Debugger.CallFrame[]) {
    this.#inspector = inspector;
    this.#frames = calls.flatMap((call, index) => {
      const script = scripts.find(call.location.scriptId);
      const shown = script && frameOf(call, script, index + 1);
      return shown ? [{ call, shown }] : [];
    });
  }

  /** The frames of the user's code, innermost first. */
  get frames(): StackFrame[] {
    return this.#frames.map(({ shown }) => shown);
  }

  /** Number of frames of the user's code. */
  get depth(): number {
    return this.#frames.length;
  }

  /** The groups of variables that a frame sees. */
  scopes(id: unknown): Scope[] {
    const { call } = this.#find(id);
    const hasClosure = call.scopeChain.some(({ type }) => CLOSURE.has(type));
    return [
      this.#scope("Locals", () => this.#locals(call)),
      ...(hasClosure ? [this.#scope("Closure", () => this.#variablesIn(call, CLOSURE))] : []),
      this.#scope("Globals", () => this.#list("function () { return this.globals() }")),
    ];
  }

  /** The variables of a scope, or the members of a thing. */
  variables(reference: number): Promise<Variable[]> {
    const scope = this.#scopes[reference - FIRST_SCOPE];
    if (scope) return scope();
    return this.#list("function (number) { return this.lists.members(number) }", { value: reference });
  }

  /** The variables of the notebook. */
  globals(): Promise<Variable[]> {
    return this.#list("function () { return this.globals() }");
  }

  /** Evaluates TypeScript in a frame; throws what the code throws. */
  async evaluate(id: unknown, source: string): Promise<Variable> {
    const value = await this.#evaluate(id, source);
    const [variable] = await this.#list("function (value) { return this.lists.list([['', value]]) }", value);
    if (!variable) throw new Error("There is no value");
    return variable;
  }

  /** Whether an expression is true in the innermost frame; throws what it throws. */
  async isTrue(source: string): Promise<boolean> {
    const value = await this.#evaluate(undefined, source);
    return (await this.#call("function (value) { return Boolean(value) }", value)) === true;
  }

  /** What an expression of the innermost frame is as text, a text as it is. */
  async said(source: string): Promise<string> {
    const value = await this.#evaluate(undefined, source);
    const text = "function (value) { return typeof value === 'string' ? value : this.plain(value) }";
    return String(await this.#call(text, value));
  }

  /** What a variable of a frame is as text. */
  async text(id: unknown, name: string): Promise<string> {
    const value = await this.#evaluate(id, name);
    return String(await this.#call("function (value) { return this.plain(value) }", value));
  }

  /** Makes a value of a frame a variable of the notebook. */
  async copy(id: unknown, from: string, to: string): Promise<void> {
    const value = await this.#evaluate(id, from);
    await this.#call("function (name, value) { this.set(name, value) }", { value: to }, value);
  }

  /** Forgets the numbers of an earlier pause. */
  async begin(): Promise<void> {
    await this.#call("function () { this.lists.clear() }");
  }

  /** Lets go of what was looked at; rejects when the inspector has gone meanwhile. */
  async end(): Promise<void> {
    await this.#inspector.post("Runtime.releaseObjectGroup", { objectGroup: OBJECTS });
  }

  #find(id: unknown): Frame {
    const frame = this.#frames.find(({ shown }) => shown.id === id) ?? this.#frames[0];
    if (!frame) throw new Error("No code of a cell is running");
    return frame;
  }

  #scope(name: string, list: () => Promise<Variable[]>): Scope {
    this.#scopes.push(list);
    return { name, variablesReference: FIRST_SCOPE + this.#scopes.length - 1, expensive: false };
  }

  async #locals(call: Debugger.CallFrame): Promise<Variable[]> {
    const variables = await this.#variablesIn(call, LOCAL);
    const extra = [
      ["this", call.this],
      ["(returns)", call.returnValue],
    ] as const;
    for (const [name, object] of extra) {
      if (!object || object.type === "undefined") continue;
      const [found] = await this.#list(
        "function (name, value) { return this.lists.list([[name, value]]) }",
        { value: name },
        argumentOf(object),
      );
      if (found) variables.unshift(found);
    }
    return variables;
  }

  async #variablesIn(call: Debugger.CallFrame, types: ReadonlySet<string>): Promise<Variable[]> {
    const found = new Map<string, Variable>();
    for (const { type, object } of call.scopeChain) {
      if (!types.has(type)) continue;
      const list = await this.#list(
        "function (scope) { return this.lists.scope(scope) }",
        argumentOf(object),
      );
      // An inner variable hides an outer one of the same name.
      for (const variable of list) if (!found.has(variable.name)) found.set(variable.name, variable);
    }
    return [...found.values()];
  }

  async #evaluate(id: unknown, source: string): Promise<Runtime.CallArgument> {
    const { call } = this.#find(id);
    const locals = new Set<string>();
    for (const { type, object } of call.scopeChain) {
      if (!LOCAL.has(type) && !CLOSURE.has(type)) continue;
      const names = await this.#call(
        "function (scope) { return this.lists.namesIn(scope) }",
        argumentOf(object),
      );
      for (const name of Array.isArray(names) ? names : []) locals.add(String(name));
    }
    const names = await this.#call("function () { return this.names() }");
    const globals = new Set(Array.isArray(names) ? names.map(String) : []);
    const request: Debugger.EvaluateOnCallFrameParameterType & { readonly timeout: number } = {
      callFrameId: call.callFrameId,
      expression: frameExpression(source, { locals, globals }),
      objectGroup: OBJECTS,
      silent: true,
      timeout: MOST_TIME,
    };
    const answer = await this.#inspector.post("Debugger.evaluateOnCallFrame", request);
    if (answer.exceptionDetails) throw thrown(answer.exceptionDetails);
    return argumentOf(answer.result);
  }

  async #list(functionDeclaration: string, ...parameters: Runtime.CallArgument[]): Promise<Variable[]> {
    const list = await this.#call(functionDeclaration, ...parameters);
    return Array.isArray(list) ? list.filter(isVariable) : [];
  }

  /** Calls a function on the main thread; its `this` is the notebook's side of the debugger. */
  async #call(functionDeclaration: string, ...parameters: Runtime.CallArgument[]): Promise<unknown> {
    const { result: notebook } = await this.#inspector.post("Runtime.evaluate", {
      expression: `globalThis[Symbol.for(${JSON.stringify(DEBUGGER_KEY)})]`,
      objectGroup: OBJECTS,
    });
    const { result, exceptionDetails } = await this.#inspector.post("Runtime.callFunctionOn", {
      ...(notebook.objectId !== undefined && { objectId: notebook.objectId }),
      functionDeclaration,
      arguments: parameters,
      returnByValue: true,
      silent: true,
    });
    if (exceptionDetails) throw thrown(exceptionDetails);
    return result.value;
  }
}

function frameOf(call: Debugger.CallFrame, script: Script, id: number): StackFrame | undefined {
  const { lineNumber, columnNumber = 0 } = call.location;
  const place = script.places.original({ line: lineNumber + 1, column: columnNumber + 1 });
  if (!place) return undefined;
  const name = call.functionName === "" ? script.name : cleanMessage(call.functionName);
  return { id, name, source: { name: script.name, path: script.path }, ...place };
}

function argumentOf({ objectId, unserializableValue, value }: Runtime.RemoteObject): Runtime.CallArgument {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value } : { unserializableValue };
}

function thrown({ exception, text }: Runtime.ExceptionDetails): Error {
  const [first = text] = (exception?.description ?? String(exception?.value ?? text)).split("\n");
  return new Error(cleanMessage(first));
}

function isVariable(value: unknown): value is Variable {
  return isJson(value) && typeof value.name === "string" && typeof value.value === "string";
}
