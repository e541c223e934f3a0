"""Checks of the kernel through Jupyter's own client; `python checks.py <name>` runs one of them."""

import os
import re
import signal
import subprocess
import sys
import time

import zmq
from client import checked, folder, text_of
from jupyter_client.manager import KernelManager

def values(kernel):
    assert kernel.value("1+1") == ["2"]
    kernel.run("const x: number = 41")
    assert kernel.value("x + 1") == ["42"]
    assert kernel.value("undefined") == []
    assert kernel.value("await Promise.resolve('é😀')") == ["'é😀'"]


def error_line(kernel):
    reply, outputs, _ = kernel.run("interface A {}\nconst a: any = null;\na.b;")
    text = "\n".join(reply["traceback"])
    assert reply["ename"] == "TypeError", reply
    assert re.search(r"Cell In\[1\], line 3", text) and "node:" not in text and "dist" not in text, text
    assert [o["msg_type"] for o in outputs] == ["error"], outputs
    reply, outputs, _ = kernel.run("const b = ;")
    assert reply["ename"] == "SyntaxError" and "line 1" in "\n".join(reply["traceback"]), reply


def much_output(kernel):
    code = "for (let i = 0; i < 1_000_000; i++) console.log(i)"
    _, outputs, seconds = kernel.run(code)
    assert text_of(outputs) == "".join(f"{i}\n" for i in range(1_000_000))
    assert len(outputs) < 300, len(outputs)
    assert not [m for m in kernel.later(0.3) if m["msg_type"] == "stream"], "output after idle"
    print(f"1,000,000 lines in {seconds:.1f} s, {len(outputs)} messages")


def queue(kernel):
    cells = ["1", "throw new Error('stop')", "2", "3"]
    assert [kernel.reply(one)["status"] for one in [kernel.client.execute(c) for c in cells]] == [
        "ok",
        "error",
        "aborted",
        "aborted",
    ]
    sent = [kernel.client.execute(c, stop_on_error=False) for c in cells]
    assert [kernel.reply(one)["status"] for one in sent] == ["ok", "error", "ok", "ok"]


def options(kernel):
    reply, outputs, _ = kernel.run("console.log('a'); 5", silent=True)
    assert [o["msg_type"] for o in outputs] == ["stream"], outputs
    kernel.run("const x = 2")
    reply, _, _ = kernel.run("x", user_expressions={"good": "x * 2", "bad": "nothing"})
    good, bad = reply["user_expressions"]["good"], reply["user_expressions"]["bad"]
    assert good["status"] == "ok" and good["data"]["text/plain"] == "4", good
    assert bad["status"] == "error" and bad["ename"] == "ReferenceError", bad
    assert reply["execution_count"] == 2, reply


def late_output(kernel):
    first = kernel.client.execute("setTimeout(() => { console.log('late'); throw new Error('boom') }, 200); 0")
    kernel.reply(first)
    # What is published is read only below: a machine that does much else may be later than the timer.
    kernel.reply(kernel.client.execute("1"))
    late = []
    deadline = time.time() + 10
    while "boom" not in text_of(late, "stderr") and time.time() < deadline:
        late += [m for m in kernel.later(0.3) if m["msg_type"] == "stream"]
    assert {m["parent_header"]["msg_id"] for m in late} == {first}, late
    assert text_of(late) == "late\n" and "boom" in text_of(late, "stderr"), late
    assert kernel.value("2") == ["2"]


def unawaited(kernel):
    reply, _, _ = kernel.run("Promise.reject(new Error('unawaited')); await new Promise((r) => setTimeout(r, 50)); 0")
    assert reply["status"] == "ok", reply
    assert kernel.value("3") == ["3"]


def blobs(kernel):
    kernel.run(
        "({ [Symbol.for('Jupyter.display')]() { return { data: { 'text/plain': 'shown' } } },"
        " [Symbol.for('tombolo.blobs')]: new Map([['abc', new Uint8Array([1, 2, 255])]]) })"
    )
    busy = kernel.client.execute("while (true) {}")
    time.sleep(0.3)
    client = kernel.client
    data = {"want": ["abc", "missing"]}
    message = client.session.msg("comm_open", {"comm_id": "c", "target_name": "tombolo.blob", "data": data})
    client.shell_channel.send(message)
    outputs = kernel.outputs(message["header"]["msg_id"])
    assert [o["msg_type"] for o in outputs] == ["comm_msg", "comm_msg", "comm_close"], outputs
    assert outputs[0]["content"]["data"] == {"id": "abc", "found": True, "offset": 0, "bytes": 3}, outputs
    assert bytes(outputs[0]["buffers"][0]) == bytes([1, 2, 255])
    assert outputs[1]["content"]["data"] == {"id": "missing", "found": False}
    kernel.manager.interrupt_kernel()
    assert kernel.reply(busy)["ename"] == "InterruptedError", "not served while a cell runs"
    other = client.session.msg("comm_open", {"comm_id": "d", "target_name": "other", "data": {}})
    client.shell_channel.send(other)
    assert [o["msg_type"] for o in kernel.outputs(other["header"]["msg_id"])] == ["comm_close"]


def forged(kernel):
    session, socket = kernel.client.session, kernel.client.shell_channel.socket
    message = session.msg("execute_request", {"code": "const forged = 1", "silent": False})
    frames = session.serialize(message)
    frames[1] = b"0" * len(frames[1])
    socket.send_multipart(frames)
    assert kernel.value("typeof forged") == ["'undefined'"]
    frames = session.serialize(session.msg("execute_request", {"code": "var times = (times ?? 0) + 1", "silent": True}))
    socket.send_multipart(frames)
    socket.send_multipart(frames)
    assert kernel.value("times") == ["1"], "a message sent twice was run twice"


def completion(kernel):
    kernel.run("const box = { alpha: 1, get omega() { globalThis.touched = true; return 1 } }")
    for code, expected, start in [
        ("box.al", ["alpha"], 4),
        ("'😀'; box.om", ["omega"], 9),
        ("Math.ma", ["max"], 5),
        ("box", ["box"], 0),
        ("f().a", [], 4),
        ("box.omega.toF", ["toFixed"], 10),
        ("await findArea('milton", ["Milton Keynes"], 16),
        ('await importDatasource("london/under', ["london/underground"], 24),
    ]:
        content = kernel.reply(kernel.client.complete(code))
        assert content["matches"] == expected and content["cursor_start"] == start, (code, content)
    assert kernel.value("typeof touched") == ["'undefined'"], "completing ran a getter"


# Cells that do not wait for what they show, and what a front end has in the end, from top to bottom.
UNAWAITED = [
    ("const h = display({ a: 1 }); h.update({ a: 2 }); console.log('after')", ["{ a: 2 }", "after\n"]),
    ("display(5); console.log('six'); display({ seven: 7 }); console.log('eight')", ["5", "six\n", "{ seven: 7 }", "eight\n"]),
    ("display({ early: 1 }); throw new Error('x')", ["{ early: 1 }", "x"]),
    (
        "const form = async () => { await new Promise((r) => setTimeout(r, 100)); return { 'text/plain': 'late' } };\n"
        "const m = display({ [Symbol.for('Jupyter.display')]: form }); console.log('meanwhile'); m.update('other'); 'result'",
        ["'other'", "meanwhile\n", "'result'"],
    ),
    ("const gone = display({ b: 1 }); console.log('below'); gone.clear()", ["", "below\n"]),
    ("import * as tslab from 'tslab'; tslab.display.text('first'); console.log('second')", ["first", "second\n"]),
    ("%%capture kept\ndisplay({ c: 1 })", []),
]


def in_the_end(outputs):
    places = {}
    for output in outputs:
        content = output["content"]
        text = content.get("text") or content.get("evalue") or content.get("data", {}).get("text/plain")
        places[content.get("transient", {}).get("display_id") or len(places)] = text
    return list(places.values())


def unawaited_display(kernel):
    for code, expected in UNAWAITED:
        _, outputs, _ = kernel.run(code)
        assert in_the_end(outputs) == expected, (code, outputs)
    assert kernel.value("kept.outputs[0].data['text/plain']") == ["'{ c: 1 }'"]


def display(kernel):
    _, outputs, _ = kernel.run("const h = await display({ a: 1 }); await h.update({ a: 2 })")
    assert [o["msg_type"] for o in outputs] == ["display_data", "update_display_data"], outputs
    assert len({o["content"]["transient"]["display_id"] for o in outputs}) == 1
    assert outputs[1]["content"]["data"] == {"text/plain": "{ a: 2 }"}
    spec = "({ $schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'bar' })"
    _, outputs, _ = kernel.run(spec)
    assert outputs[0]["content"]["data"]["application/vnd.vegalite.v5+json"]["mark"] == "bar"
    reply, outputs, _ = kernel.run("({ [Symbol.for('Jupyter.display')]() { throw new Error('no') } })")
    assert reply["status"] == "error" and "execute_result" in [o["msg_type"] for o in outputs], outputs
    _, outputs, _ = kernel.run("import * as tslab from 'tslab'; tslab.display.html('<b>x</b>')")
    assert outputs[0]["content"]["data"]["text/html"] == "<b>x</b>"


def modules(kernel):
    def write(name, text):
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)

    write("part.ts", "export enum Size { Small = 1 }\nexport const twice = (n: number): number => n * 2;\n")
    write("whole.ts", "export { Size, twice } from './part';\n")
    write("data.json", '{"rows": 3}')
    assert kernel.value("import { twice, Size } from './whole'; twice(Size.Small)") == ["2"]
    assert kernel.value("import data from './data.json'; data.rows") == ["3"]
    assert kernel.value("import { join } from 'node:path'; join('a', 'b')") == ["'a/b'"]
    write("edited.ts", "export const version = 1;\n")
    assert kernel.value("import { version } from './edited'; version") == ["1"]
    time.sleep(0.05)
    write("edited.ts", "export const version = 2;\n")
    assert kernel.value("import { version } from './edited'; version") == ["2"]
    write("inner.ts", "export const inner = 1;\n")
    write("outer.ts", "export { inner } from './inner';\nexport function fails(): never {\n\n  throw new Error('in a file');\n}\n")
    assert kernel.value("import { inner, fails } from './outer'; inner") == ["1"]
    time.sleep(0.05)
    write("inner.ts", "export const inner = 2;\n")
    assert kernel.value("import { inner } from './outer'; inner") == ["2"], "an edit behind another file is not seen"
    reply, _, _ = kernel.run("fails()")
    text = "\n".join(reply["traceback"])
    assert "outer.ts" in text and "line 4" in text and "throw new Error('in a file')" in text, text
    reply, _, _ = kernel.run("import x from 'not-there'")
    assert "%npm install not-there" in reply["evalue"], reply


def over_files(_):
    manager = KernelManager(kernel_name="tombolo", transport="ipc")
    manager.ip = f"{folder}/socket"
    manager.start_kernel(cwd=folder)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=20)
    assert client.execute_interactive("1+1", timeout=5, output_hook=lambda message: None)["content"]["status"] == "ok"
    client.stop_channels()
    manager.shutdown_kernel()


def orphan(_):
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[1]);"
        "import client; client.install(); k = client.Kernel(); print(k.process.pid, flush=True); os._exit(0)"
    )
    made = subprocess.run([sys.executable, "-c", script, os.path.dirname(__file__)], capture_output=True, text=True)
    pid = int(made.stdout)
    for _ in range(50):
        time.sleep(0.1)
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
    os.kill(pid, signal.SIGKILL)
    raise AssertionError("the kernel outlived the process that started it")


def start(_):
    seconds = []
    for _ in range(5):
        manager = KernelManager(kernel_name="tombolo")
        begin = time.time()
        manager.start_kernel(cwd=folder)
        socket = zmq.Context.instance().socket(zmq.DEALER)
        socket.setsockopt(zmq.RECONNECT_IVL, 2)
        socket.connect(f"tcp://127.0.0.1:{manager.shell_port}")
        manager.session.send(socket, "kernel_info_request", {})
        socket.recv_multipart()
        seconds.append(time.time() - begin)
        socket.close()
        manager.shutdown_kernel()
    print(f"start to kernel_info_reply, median of 5: {sorted(seconds)[2] * 1000:.0f} ms")


if __name__ == "__main__":
    checked(globals(), without_kernel=(start, over_files, orphan))
