import { describeChecks } from "./python.ts";

describeChecks("stopping cells and ending kernels", [
  ["code of every kind is stopped, and the variables stay", "interrupts.py", "loops"],
  ["queries, downloads, imports and commands are stopped", "interrupts.py", "long_work"],
  ["the cells that wait are given up", "interrupts.py", "waiting_cells"],
  ["who stops twice stops one cell", "interrupts.py", "twice"],
  ["a cell that waits may tidy up", "interrupts.py", "finishes"],
  ["Ctrl-C interrupts", "interrupts.py", "control_c"],
  ["process.exit is refused", "interrupts.py", "process_exit"],
  ["a kernel ends cleanly whatever it does", "interrupts.py", "busy_shutdown"],
  ["control and heartbeat answer while a cell loops", "interrupts.py", "busy_control"],
]);
