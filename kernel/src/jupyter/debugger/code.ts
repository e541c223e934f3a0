/** Code that runs on the main thread, as the debugger needs to know it. */
export interface DebuggedCode {
  /** What stacks show. */
  readonly url: string;
  /** Such as `In[12]`. */
  readonly label: string;
  /** Whether it is the file of that URL rather than a cell. */
  readonly isFile: boolean;
  /** The user's text of the whole cell. */
  readonly source: string;
  /** The source map to that text, as JSON. */
  readonly map: string;
}

/** A variable, as the Debug Adapter Protocol has it. */
export interface Variable {
  readonly name: string;
  /** The value in a line or less, with the name of its type where that says something. JupyterLab shows a `type` instead. */
  readonly value: string;
  /** Number under which the members can be asked for; 0 where there are none. */
  readonly variablesReference: number;
}

/** The global property at which the debugger finds the notebook on the main thread. */
export const DEBUGGER_KEY = "tombolo.debugger";
