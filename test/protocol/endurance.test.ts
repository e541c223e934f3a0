import { describeChecks } from "./python.ts";

describeChecks("what a kernel must bear", [
  ["a thousand cells do not fill the memory", "endurance.py", "many_cells"],
  ["two clients at once", "endurance.py", "two_clients"],
  ["malformed messages are ignored", "endurance.py", "malformed"],
  ["two hundred starts and clean shutdowns", "endurance.py", "restarts"],
]);
