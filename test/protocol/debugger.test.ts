import { describeChecks } from "./python.ts";

describeChecks("the debugger over Jupyter's protocol", [
  ["it steps through cells and shows what they hold", "debugger.py", "steps"],
  ["variables are shown without a debugging run, and no getter runs", "debugger.py", "without_run"],
  ["breakpoints in earlier cells, in magics, in files; steps over an await", "debugger.py", "earlier_code"],
  ["breakpoints with conditions and counts, and such as only say something", "debugger.py", "conditions"],
  ["it stops on errors that nothing in a cell catches, or on all", "debugger.py", "exceptions"],
  ["a cell that stands still is interrupted, let go and shut down", "debugger.py", "stopped_kernel"],
]);
