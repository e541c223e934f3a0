"""Checks of what other kernels get wrong: declarations, modules, output and its order, fields of messages."""

import json
import os
import subprocess
import time

import zmq
from client import checked, folder, text_of
from jupyter_client.session import Session


def error_of(kernel, code):
    reply, outputs, _ = kernel.run(code)
    assert reply["status"] == "error", (code, reply)
    assert [o["msg_type"] for o in outputs] == ["error"], (code, outputs)
    assert {k: reply[k] for k in ("ename", "evalue", "traceback")} == outputs[0]["content"], (code, reply)
    return reply


def explained(kernel, name, level):
    return kernel.reply(kernel.client.inspect(name, len(name), detail_level=level))["data"]["text/plain"]


def until(holds, seconds=10):
    end = time.time() + seconds
    while not holds():
        assert time.time() < end, "it does not become true"
        time.sleep(0.05)


def declarations(kernel):
    """Names are declared again by anything, seen late by closures, and known before they are defined."""
    for first in ("const x = 1", "let x = 1", "var x = 1", "function x() { return 1 }", "class x {}", "enum x { A }"):
        for second in ("const x = 2; x", "let x = 2; x", "var x = 2; x", "import { sep as x } from 'node:path'; x.length + 1"):
            kernel.run(first)
            assert kernel.value(second) == ["2"], (first, second)
        kernel.run(first)
        assert kernel.value("function x() { return 2 }\nx()") == ["2"], first
    kernel.run("let n = 1; function show() { return n }")
    kernel.run("n = 5")
    assert kernel.value("show()") == ["5"], "a closure keeps an old value"
    kernel.run("function early() { return late + 1 }")
    kernel.run("const late = 41")
    assert kernel.value("early()") == ["42"]
    error_of(kernel, "function kept() { return 'kept' }\nlet before = 1;\nthrow new Error('stop');\nlet after = 2;")
    assert kernel.value("kept() + before + typeof after") == ["'kept1undefined'"]
    kernel.run("const fixed = 1")
    assert kernel.value("fixed = 2; fixed") == ["2"], "a later cell may give a constant another value"
    assert "constant of this cell" in error_of(kernel, "const once = 1;\nonce = 2;")["evalue"]
    assert kernel.value("await Promise.resolve(7)") == ["7"]


def packages(kernel):
    """Packages of both kinds, and names of the runtime that a notebook may take for itself."""
    def package(name, main, text, **fields):
        path = f"{folder}/node_modules/{name}"
        os.makedirs(path, exist_ok=True)
        with open(f"{path}/package.json", "w", encoding="utf-8") as file:
            json.dump({"name": name, "version": "1.0.0", "main": main, **fields}, file)
        with open(f"{path}/{main}", "w", encoding="utf-8") as file:
            file.write(text)

    package("only-esm", "index.js", "export const kind = 'esm'; export default () => 'default'", type="module")
    package("only-cjs", "index.js", "exports.kind = 'cjs'; exports.Map = class Map { show() { return 'mine' } }")
    assert kernel.value("import whole, { kind } from 'only-esm'; [kind, whole()].join()") == ["'esm,default'"]
    assert kernel.value("import { kind } from 'only-cjs'; kind") == ["'cjs'"]
    assert kernel.value("import * as all from 'npm:only-esm@1'; all.kind") == ["'esm'"]
    assert kernel.value("require('only-cjs').kind") == ["'cjs'"]
    kernel.run("import { Map } from 'only-cjs'; const process = 1, fetch = 2, name = 3, console_ = console")
    assert kernel.value("new Map().show() + process + fetch + name") == ["'mine123'"]
    assert kernel.value("import { kind } from 'only-esm'; [kind].map((k) => k.length)") == ["[ 3 ]"], "the runtime is broken"
    assert text_of(kernel.run("console.log('still here')")[1]) == "still here\n"


def errors(kernel):
    """Once, on the publishing socket and in the reply; the cell and the line of what was typed."""
    kernel.run("interface A { a: number }\n\nconst fail = (n: number): never => {\n  throw new RangeError(`no ${n}`, { cause: new Error('deep') });\n};")
    reply = error_of(kernel, "\n\nfail(3)")
    text = "\n".join(reply["traceback"])
    assert (reply["ename"], reply["evalue"]) == ("RangeError", "no 3"), reply
    assert "In[1], line 4" in text and "In[2], line 3" in text and "throw new RangeError" in text, text
    assert "caused by" in text and "deep" in text and "node:" not in text and "/dist/" not in text, text
    reply = error_of(kernel, "let ok = 1;\nlet = ;")
    assert reply["ename"] == "SyntaxError" and "line 2" in "\n".join(reply["traceback"]), reply
    assert kernel.value("typeof ok") == ["'undefined'"], "a cell with a syntax error has run"
    _, outputs, _ = kernel.run("Promise.reject(new Error('unawaited')); await new Promise((r) => setTimeout(r, 50)); 0")
    assert "unawaited" in text_of(outputs, "stderr"), outputs
    first = kernel.client.execute("setTimeout(() => { throw new TypeError('in a timer') }, 50)")
    kernel.reply(first)
    late = text_of([m for m in kernel.later(0.6) if m["parent_header"].get("msg_id") == first], "stderr")
    assert "in a timer" in late and "In[" in late, late
    assert kernel.value("1") == ["1"]


def output(kernel):
    """In order, complete, and nothing after idle."""
    expected = "".join(f"line {i}\n" for i in range(2000))
    for _ in range(5):
        _, outputs, _ = kernel.run("for (let i = 0; i < 2000; i++) console.log('line', i); 'result'")
        assert text_of(outputs) == expected
        assert outputs[-1]["msg_type"] == "execute_result"
    _, outputs, _ = kernel.run("require('node:child_process').execSync('true'); console.log('only this')")
    assert [o["content"]["text"] for o in outputs] == ["only this\n"], outputs
    _, outputs, _ = kernel.run("for (const byte of Buffer.from('né😀')) process.stdout.write(Uint8Array.of(byte))")
    assert text_of(outputs) == "né😀", outputs
    assert not [m for m in kernel.later(0.3) if m["msg_type"] != "status"], "something comes after idle"
    _, outputs, _ = kernel.run("console.log('a'); console.error('b'); await display(1); console.log('c'); 2")
    kinds = [(o["msg_type"], o["content"].get("name")) for o in outputs]
    assert kinds == [
        ("stream", "stdout"), ("stream", "stderr"), ("display_data", None), ("stream", "stdout"), ("execute_result", None)
    ], kinds
    kernel.run("%config output-limit 20")
    _, outputs, _ = kernel.run("console.log('x'.repeat(10_000_000))")
    assert len(text_of(outputs)) == 10_000_001
    _, outputs, _ = kernel.run("console.log('gone'); clearOutput(true); console.log('there')")
    assert [o["msg_type"] for o in outputs] == ["stream", "clear_output", "stream"], outputs
    assert outputs[1]["content"] == {"wait": True}
    _, outputs, _ = kernel.run("process.stdout.write('no end of line'); void 5")
    assert text_of(outputs) == "no end of line" and len(outputs) == 1


def messages(kernel):
    """Fields that front ends read."""
    info = kernel.reply(kernel.client.kernel_info())
    assert info["protocol_version"] == "5.5" and set(info["supported_features"]) == {"debugger", "kernel subshells"}, info
    assert info["language_info"]["name"] == "typescript" and info["status"] == "ok"
    sent = kernel.client.execute("6 * 7")
    seen = []
    while not seen or seen[-1]["content"].get("execution_state") != "idle":
        message = kernel.client.get_iopub_msg(timeout=10)
        if message["parent_header"].get("msg_id") == sent:
            seen.append(message)
    kinds = [m["msg_type"] for m in seen]
    assert kinds == ["status", "execute_input", "execute_result", "status"], kinds
    assert seen[1]["content"] == {"code": "6 * 7", "execution_count": 1}
    assert seen[2]["content"] == {"data": {"text/plain": "42"}, "metadata": {}, "execution_count": 1}, seen[2]
    reply = kernel.reply(sent)
    assert reply == {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}, reply
    reply, outputs, _ = kernel.run("throw 1", silent=True)
    assert reply["status"] == "error" and outputs == [], (reply, outputs)
    reply, _, _ = kernel.run("'not counted'", store_history=False)
    assert reply["execution_count"] == 1, reply
    history = kernel.reply(kernel.client.history(hist_access_type="range", session=0))["history"]
    assert [entry[2] for entry in history] == ["6 * 7"], history
    kernel.run("/** Half of a number. */\nfunction half(n: number): number { return n / 2 }\nconst box = { alpha: 1 }")
    found = kernel.reply(kernel.client.complete("'😀'; box.al"))
    assert found["matches"] == ["alpha"] and (found["cursor_start"], found["cursor_end"]) == (9, 11), found
    kinds = found["metadata"]["_jupyter_types_experimental"]
    assert kinds[0]["text"] == "alpha" and kinds[0]["type"] and kinds[0]["start"] == 9, kinds
    # The types of a cell are known when they have been looked at, which begins when the first cell has ended.
    until(lambda: "Half of a number" in explained(kernel, "half", 0))
    brief, full = (explained(kernel, "half", level) for level in (0, 1))
    assert "half" in brief and "return n / 2" not in brief and "return n / 2" in full, (brief, full)
    assert kernel.reply(kernel.client.inspect("nowhere", 2)) == {"status": "ok", "found": False, "data": {}, "metadata": {}}
    for code, status, indent in [("f(1)", "complete", None), ("if (a) {", "incomplete", "  "), ("const = 1", "invalid", None)]:
        reply = kernel.reply(kernel.client.is_complete(code))
        assert reply["status"] == status and reply.get("indent") == indent, (code, reply)
    waiting = kernel.client.execute("while (true) {}")
    time.sleep(0.1)
    assert kernel.reply(kernel.client.is_complete("f("))["status"] == "incomplete", "a busy kernel does not say"
    assert kernel.reply(kernel.client.history(hist_access_type="tail", n=1))["history"][0][2].startswith("/**")
    assert kernel.reply(kernel.client.comm_info())["comms"] == {}
    kernel.manager.interrupt_kernel()
    kernel.reply(waiting)
    sent = kernel.client.session.msg("no_such_request", {})
    kernel.client.shell_channel.send(sent)
    assert kernel.value("'alive'") == ["'alive'"]


def welcome(kernel):
    """A client that subscribes is welcomed, and told when it is subscribed."""
    socket = zmq.Context.instance().socket(zmq.SUB)
    socket.setsockopt(zmq.SUBSCRIBE, b"")
    socket.connect(f"tcp://127.0.0.1:{kernel.manager.iopub_port}")
    assert socket.poll(5000), "no welcome"
    _, message = kernel.client.session.recv(socket, mode=0)
    assert message["msg_type"] == "iopub_welcome" and message["content"] == {"subscription": ""}, message
    assert message["parent_header"] == {}
    socket.close()


def handshake(_):
    """A kernel that is to choose its ports tells them, signed, and waits until they are taken note of."""
    session = Session(key=b"secret")
    context = zmq.Context.instance()
    registration = context.socket(zmq.REP)
    port = registration.bind_to_random_port("tcp://127.0.0.1")
    file = f"{folder}/handshake.json"
    with open(file, "w", encoding="utf-8") as out:
        json.dump({"transport": "tcp", "ip": "127.0.0.1", "key": "secret", "signature_scheme": "hmac-sha256", "registration_port": port}, out)
    argv = [part.replace("{connection_file}", file) for part in json.loads(os.environ["KERNEL_SPEC"])["argv"]]
    process = subprocess.Popen(argv, cwd=folder)
    try:
        assert registration.poll(15_000), "the kernel did not tell its ports"
        _, message = session.recv(registration, mode=0)
        ports = message["content"]
        assert message["msg_type"] == "handshake_request" and len(set(ports.values())) == 5, message
        session.send(registration, "handshake_reply", {"status": "ok"}, parent=message)
        shell, control = context.socket(zmq.DEALER), context.socket(zmq.DEALER)
        shell.connect(f"tcp://127.0.0.1:{ports['shell_port']}")
        control.connect(f"tcp://127.0.0.1:{ports['control_port']}")
        session.send(shell, "execute_request", {"code": "1 + 1", "silent": False})
        assert shell.poll(10_000)
        assert session.recv(shell, mode=0)[1]["content"]["status"] == "ok"
        with open(file, encoding="utf-8") as known:
            assert json.load(known)["shell_port"] == ports["shell_port"]
        session.send(control, "shutdown_request", {"restart": False})
        assert process.wait(timeout=10) == 0
        shell.close(), control.close()
    finally:
        if process.poll() is None:
            process.kill()
        registration.close()


if __name__ == "__main__":
    checked(globals(), without_kernel=(handshake,))
