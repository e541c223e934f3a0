"""Checks of the debugger, asked as JupyterLab asks it."""

import sys
import time

from client import checked, folder, text_of
from ipykernel.compiler import murmur2_x86

sequence = 0


class Debugged:
    """The debugger of a kernel."""

    def __init__(self, kernel):
        self.kernel = kernel
        self.info = self.ask("debugInfo")

    def send(self, command, **arguments):
        global sequence
        sequence += 1
        content = {"type": "request", "seq": sequence, "command": command, "arguments": arguments}
        message = self.kernel.client.session.msg("debug_request", content)
        self.kernel.client.control_channel.send(message)
        return sequence

    def answer(self, command, **arguments):
        number = self.send(command, **arguments)
        while True:
            message = self.kernel.client.control_channel.get_msg(timeout=10)
            if message["content"].get("request_seq") == number:
                assert message["msg_type"] == "debug_reply" and message["content"]["type"] == "response", message
                return message["content"]

    def ask(self, command, **arguments):
        response = self.answer(command, **arguments)
        assert response["success"], (command, response)
        return response["body"]

    def start(self):
        body = self.ask("initialize", clientID="jupyterlab", adapterID="tombolo", pathFormat="path", linesStartAt1=True)
        self.ask("attach")
        return body

    def path(self, code):
        hashed = murmur2_x86(code, self.info["hashSeed"])
        return f"{self.info['tmpFilePrefix']}{hashed}{self.info['tmpFileSuffix']}"

    def breakpoints(self, code, *lines):
        path = self.ask("dumpCell", code=code)["sourcePath"]
        assert path == self.path(code), (path, self.path(code))
        points = [{"line": line} for line in lines]
        found = self.ask("setBreakpoints", source={"path": path}, breakpoints=points, sourceModified=False)
        self.ask("configurationDone")
        return [point["line"] for point in found["breakpoints"]]

    def event(self, name, seconds=10):
        while True:
            message = self.kernel.client.get_iopub_msg(timeout=seconds)
            if message["msg_type"] == "debug_event" and message["content"]["event"] == name:
                return message["content"]["body"]

    def stopped(self):
        body = self.event("stopped")
        assert body["threadId"] == 1, body
        return body, self.ask("stackTrace", threadId=1)["stackFrames"]

    def variables(self, frame):
        scopes = self.ask("scopes", frameId=frame["id"])["scopes"]
        return {
            scope["name"]: self.members(scope["variablesReference"])
            for scope in scopes
        }

    def members(self, reference):
        found = self.ask("variables", variablesReference=reference)["variables"]
        return {each["name"]: each for each in found}

    def step(self, command):
        self.ask(command, threadId=1)
        return self.stopped()[1]


CELL = """// A comment moves nothing.
interface Row { n: number }
function twice(row: Row): number {
  const { n } = row;
  const result = n * 2;
  return result;
}
const rows: Row[] = [{ n: 1 }, { n: 20 }];

let sum = 0;
for (const row of rows) {
  sum += twice(row);
}
sum;"""


def steps(kernel):
    debugged = Debugged(kernel)
    assert debugged.info["isStarted"] is False and debugged.info["hashMethod"] == "Murmur2", debugged.info
    body = debugged.start()
    assert [each["filter"] for each in body["exceptionBreakpointFilters"]] == ["uncaught", "all"]
    assert debugged.ask("debugInfo")["isStarted"] is True
    # Lines on which nothing begins are not where a program can stop.
    assert debugged.breakpoints(CELL, 2, 9) == [4, 10]
    assert debugged.breakpoints(CELL, 5) == [5]
    assert debugged.ask("debugInfo")["breakpoints"] == [{"source": debugged.path(CELL), "breakpoints": [{"line": 5}]}]
    waiting = kernel.client.execute(CELL)
    body, frames = debugged.stopped()
    assert body["reason"] == "breakpoint", body
    assert [(frame["name"], frame["line"]) for frame in frames] == [("twice", 5), ("In[1]", 12)], frames
    assert {frame["source"]["path"] for frame in frames} == {debugged.path(CELL)}
    assert debugged.ask("debugInfo")["stoppedThreads"] == [1]
    inner = debugged.variables(frames[0])
    assert inner["Locals"]["n"]["value"] == "1", inner
    assert inner["Locals"]["row"]["value"] == "{n: 1}", inner
    assert debugged.members(inner["Locals"]["row"]["variablesReference"])["n"]["value"] == "1"
    outer = debugged.variables(frames[1])
    assert outer["Locals"]["sum"]["value"] == "0", outer["Locals"]
    assert outer["Locals"]["row"]["value"] == "{n: 1}", outer["Locals"]
    assert outer["Globals"]["rows"]["value"] == "Array(2) [Object, Object]", outer["Globals"]
    assert not [name for scope in outer.values() for name in scope if name.startswith("$")], outer
    assert debugged.ask("evaluate", expression="n + sum", frameId=frames[0]["id"], context="repl")["result"] == "1"
    assert debugged.ask("evaluate", expression="(row as any).n = 5", frameId=frames[0]["id"])["result"] == "5"
    wrong = debugged.answer("evaluate", expression="nowhere", frameId=frames[0]["id"])
    assert not wrong["success"] and "nowhere is not defined" in wrong["message"], wrong
    debugged.ask("copyToGlobals", srcVariableName="n", dstVariableName="copied", srcFrameId=frames[0]["id"])
    rich = debugged.ask("richInspectVariables", variableName="row", frameId=frames[0]["id"])
    assert rich["data"]["text/plain"] == "{ n: 5 }", rich
    frames = debugged.step("next")
    assert frames[0]["line"] == 6 and debugged.variables(frames[0])["Locals"]["result"]["value"] == "2"
    frames = debugged.step("stepOut")
    assert [frame["line"] in (11, 12) for frame in frames] == [True], frames
    debugged.ask("continue", threadId=1)
    debugged.event("continued")
    _, frames = debugged.stopped()
    assert debugged.variables(frames[0])["Locals"]["n"]["value"] == "20"
    assert debugged.breakpoints(CELL) == []
    debugged.ask("continue", threadId=1)
    assert kernel.reply(waiting)["status"] == "ok"
    assert kernel.value("[sum, copied]") == ["[ 42, 1 ]"]
    debugged.ask("disconnect", restart=False, terminateDebuggee=False)
    assert debugged.ask("debugInfo")["isStarted"] is False
    wrong = debugged.answer("stackTrace", threadId=1)
    assert not wrong["success"] and "initialize" in wrong["message"], wrong
    assert kernel.value("1 + 1") == ["2"]


def without_run(kernel):
    debugged = Debugged(kernel)
    kernel.run(
        "const box = { a: 1, get touched() { globalThis.ran = true; return 1 } };"
        " class Point { constructor(public x: number) {} get far() { globalThis.ran = true; return this.x } }"
        " const point = new Point(3); const many = new Float64Array(1e6).fill(7); const nothing = null;"
        " const names = new Map([['a', { deep: true }]]); function half(x: number) { return x / 2 }"
        " const trap = new Proxy({}, { get() { globalThis.ran = true }, ownKeys() { globalThis.ran = true; return [] } });"
        " const big = 12n; const when = new Date(0); const word = 'it\\'s'; const failed = new RangeError('far')"
    )
    found = {each["name"]: each for each in debugged.ask("inspectVariables")["variables"]}
    shown = {name: each["value"] for name, each in found.items()}
    assert shown == {
        "box": "{a: 1, touched: …}",
        "Point": "class Point",
        "point": "Point {x: 3}",
        "many": "Float64Array(1000000) [7, 7, 7, 7, 7, …]",
        "nothing": "null",
        "names": "Map(1)",
        "half": "function half(x)",
        "trap": "Proxy",
        "big": "12n",
        "when": "1970-01-01T00:00:00.000Z",
        "word": '"it\'s"',
        "failed": "RangeError: far",
    }, shown
    members = debugged.members(found["box"]["variablesReference"])
    assert members["touched"]["value"] == "(getter)", members
    many = debugged.members(found["many"]["variablesReference"])
    assert many["99"]["value"] == "7" and many["…"]["value"] == "'999900 more'" and len(many) == 102, many
    entry = debugged.members(found["names"]["variablesReference"])["'a'"]
    assert debugged.members(entry["variablesReference"])["deep"]["value"] == "true"
    assert kernel.value("typeof ran") == ["'undefined'"], "looking at variables ran a getter"
    rich = debugged.ask("richInspectVariables", variableName="box")
    assert "a: 1" in rich["data"]["text/plain"], rich
    assert debugged.ask("richInspectVariables", variableName="nowhere") == {"data": {}, "metadata": {}}
    waiting = kernel.client.execute("while (true) {}")
    time.sleep(0.2)
    assert len(debugged.ask("inspectVariables")["variables"]) == 12, "a busy kernel forgets its variables"
    kernel.manager.interrupt_kernel()
    kernel.reply(waiting)


def earlier_code(kernel):
    """Breakpoints in functions of cells that ran before, in magics, in files, and after an await."""
    function = "function area(r: number): number {\n  const square = r * r;\n  return square * 3;\n}"
    kernel.run(function)
    with open(f"{folder}/helper.ts", "w", encoding="utf-8") as file:
        file.write("interface Unused {}\n\nexport function add(a: number, b: number): number {\n  const sum = a + b;\n  return sum;\n}\n")
    debugged = Debugged(kernel)
    debugged.start()
    debugged.breakpoints(function, 3)
    waiting = kernel.client.execute("area(2)")
    _, frames = debugged.stopped()
    assert [(each["name"], each["line"]) for each in frames] == [("area", 3), ("In[2]", 1)], frames
    assert debugged.ask("source", source=frames[0]["source"])["content"] == function
    debugged.ask("continue", threadId=1)
    assert kernel.reply(waiting)["status"] == "ok"
    timed = "%%time\nlet a = 1;\na += 1;"
    debugged.breakpoints(timed, 3)
    waiting = kernel.client.execute(timed)
    _, frames = debugged.stopped()
    assert frames[0]["line"] == 3 and frames[0]["source"]["path"] == debugged.path(timed), frames
    debugged.ask("continue", threadId=1)
    kernel.reply(waiting)
    path = f"{folder}/helper.ts"
    debugged.ask("setBreakpoints", source={"path": path}, breakpoints=[{"line": 5}])
    waiting = kernel.client.execute("import { add } from './helper'; add(2, 3)")
    _, frames = debugged.stopped()
    assert (frames[0]["name"], frames[0]["line"], frames[0]["source"]["path"]) == ("add", 5, path), frames
    assert debugged.variables(frames[0])["Locals"]["sum"]["value"] == "5"
    assert path in [each["path"] for each in debugged.ask("modules")["modules"]]
    debugged.ask("continue", threadId=1)
    kernel.reply(waiting)
    waits = "let x = 1;\nx = await Promise.resolve(5);\nawait new Promise((r) => setTimeout(r, 20));\nx += 1;\nx"
    debugged.breakpoints(waits, 1)
    waiting = kernel.client.execute(waits)
    _, frames = debugged.stopped()
    lines = [frames[0]["line"]]
    while lines[-1] < 5:
        lines.append(debugged.step("next")[0]["line"])
    assert lines == [1, 2, 3, 4, 5] or sorted(set(lines)) == [1, 2, 3, 4, 5], lines
    # A step beyond the end ends the cell, and does not stop the next one.
    assert debugged.step("next")[0]["line"] == 5, "a function does not stop where it returns"
    debugged.ask("next", threadId=1)
    assert kernel.reply(waiting)["status"] == "ok"
    assert kernel.value("x") == ["6"]
    debugged.ask("disconnect")


def conditions(kernel):
    """Breakpoints that stop only where something holds, only the third time, or that say something instead."""
    kernel.run("let limit = 30; const area = (side: number) => {\n  const square = side * side;\n  return square;\n}")
    debugged = Debugged(kernel)
    body = debugged.start()
    for name in ("supportsConditionalBreakpoints", "supportsHitConditionalBreakpoints", "supportsLogPoints"):
        assert body[name] is True, body
    cell = "const found: number[] = [];\nfor (let i = 1; i <= 9; i++) {\n  const square = area(i);\n  found.push(square);\n}\nfound.length"
    path = debugged.ask("dumpCell", code=cell)["sourcePath"]

    def put(**point):
        answer = debugged.ask("setBreakpoints", source={"path": path}, breakpoints=[{"line": 4, **point}])
        return answer["breakpoints"][0]

    def stops(**point):
        """Values of i and numbers of things found where it stops, and what is said until the cell ends."""
        assert put(**point)["verified"], point
        waiting = kernel.client.execute(cell)
        seen, said = [], []
        while True:
            message = kernel.client.get_iopub_msg(timeout=20)
            content = message["content"]
            if message["msg_type"] == "status" and content["execution_state"] == "idle" and message["parent_header"]["msg_id"] == waiting:
                break
            if message["msg_type"] != "debug_event":
                continue
            if content["event"] == "output":
                said.append(content["body"]["output"])
            if content["event"] == "stopped":
                assert content["body"]["reason"] == "breakpoint", content
                frame = debugged.ask("stackTrace", threadId=1)["stackFrames"][0]
                seen.append(int(debugged.variables(frame)["Locals"]["i"]["value"]))
                debugged.ask("continue", threadId=1)
        return seen, said

    # Names of the frame and of the notebook, and TypeScript.
    assert stops(condition="square > limit && (i as number) % 2 === 0") == ([6, 8], [])
    assert debugged.ask("debugInfo")["breakpoints"] == [
        {"source": path, "breakpoints": [{"line": 4, "condition": "square > limit && (i as number) % 2 === 0"}]}
    ]
    for hits, seen in (("3", [3]), ("== 3", [3]), (">= 8", [8, 9]), ("<3", [1, 2]), ("% 4", [4, 8])):
        assert stops(hitCondition=hits) == (seen, []), hits
    # The times are counted at which the condition holds.
    assert stops(condition="i > 4", hitCondition="2") == ([6], [])
    assert stops(logMessage="{i} of {found.length + 1}: {({ square })}", condition="i < 3") == (
        [],
        ["1 of 1: { square: 1 }\n", "2 of 2: { square: 4 }\n"],
    )
    seen, said = stops(condition="i > 7 && nowhere")
    assert seen == [8, 9] and "nowhere is not defined" in said[0], (seen, said)
    for wrong in ({"condition": "i >"}, {"hitCondition": "often"}, {"logMessage": "{1 +}"}):
        point = put(**wrong)
        assert point["verified"] is False and point["message"], point
    # A step over a call in which such a breakpoint lies goes on to the next line.
    inner = "function half(n: number) {\n  const result = n / 2;\n  return result;\n}\nlet a = 1;\na = half(a);\na += 1;"
    path = debugged.ask("dumpCell", code=inner)["sourcePath"]
    points = [{"line": 5}, {"line": 3, "condition": "n > 100"}]
    debugged.ask("setBreakpoints", source={"path": path}, breakpoints=points)
    waiting = kernel.client.execute(inner)
    _, frames = debugged.stopped()
    lines = [frames[0]["line"], debugged.step("next")[0]["line"], debugged.step("next")[0]["line"]]
    assert lines == [5, 6, 7], lines
    debugged.ask("continue", threadId=1)
    assert kernel.reply(waiting)["status"] == "ok"
    debugged.ask("disconnect")


def exceptions(kernel):
    debugged = Debugged(kernel)
    debugged.start()
    debugged.ask("setExceptionBreakpoints", filters=["uncaught"])
    cell = "function fails(): never {\n  throw new RangeError('far');\n}\ntry { fails() } catch {}\nlet caught = 0;\nasync function later() { await null; fails() }\ntry { await later() } catch { caught += 1 }\nfails();"
    waiting = kernel.client.execute(cell)
    body, frames = debugged.stopped()
    assert body["reason"] == "exception" and "RangeError: far" in body["text"], body
    assert [each["line"] for each in frames] == [2, 8], frames
    debugged.ask("continue", threadId=1)
    reply = kernel.reply(waiting)
    assert reply["ename"] == "RangeError", reply
    assert kernel.value("caught") == ["1"]
    debugged.ask("setExceptionBreakpoints", filters=["all"])
    waiting = kernel.client.execute("try { fails() } catch { 'caught' }")
    debugged.stopped()
    debugged.ask("setExceptionBreakpoints", filters=[])
    debugged.ask("continue", threadId=1)
    assert kernel.reply(waiting)["status"] == "ok"
    assert kernel.run("fails()")[0]["ename"] == "RangeError"


def stopped_kernel(kernel):
    """What a kernel does while a cell stands still, and how it is got out of there."""
    debugged = Debugged(kernel)
    debugged.start()
    kernel.run("let kept = 7")
    cell = "let here = 1;\ndebugger;\nhere = 2;"
    waiting = [kernel.client.execute(code) for code in (cell, "kept = 8")]
    debugged.stopped()
    assert kernel.reply(kernel.client.is_complete("1 +"))["status"] == "incomplete"
    assert "kept" in [each["name"] for each in debugged.ask("inspectVariables")["variables"]]
    assert kernel.reply(kernel.client.complete("ke"))["status"] == "ok"
    kernel.manager.interrupt_kernel()
    assert [kernel.reply(one)["status"] for one in waiting] == ["error", "aborted"]
    debugged.event("continued")
    assert kernel.value("[here, kept]") == ["[ 1, 7 ]"]
    # An expression without end is given up, and the cell can be stopped all the same.
    waiting = kernel.client.execute(cell)
    _, frames = debugged.stopped()
    debugged.send("evaluate", expression="while (true) {}", frameId=frames[0]["id"])
    time.sleep(0.2)
    kernel.manager.interrupt_kernel()
    assert kernel.reply(waiting)["ename"] == "InterruptedError"
    looping = kernel.client.execute("let n = 0;\nwhile (n >= 0) {\n  n += 1;\n}")
    time.sleep(0.2)
    debugged.ask("pause", threadId=1)
    _, frames = debugged.stopped()
    assert frames[0]["line"] in (2, 3), frames
    debugged.ask("evaluate", expression="n = -5", frameId=frames[0]["id"])
    debugged.ask("continue", threadId=1)
    assert kernel.reply(looping)["status"] == "ok"
    waiting = kernel.client.execute(cell)
    debugged.stopped()
    debugged.ask("disconnect")
    assert kernel.reply(waiting)["status"] == "ok"
    assert kernel.value("here") == ["2"]
    debugged.start()
    kernel.client.execute(cell)
    debugged.stopped()
    kernel.client.shutdown()
    assert kernel.process.wait(timeout=20) == 0


if __name__ == "__main__":
    checked(globals())
