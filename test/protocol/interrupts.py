"""Checks of stopping cells, and of ending a kernel whatever its cells do."""

import os
import signal
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from client import Kernel, checked, folder, text_of

# How long a stop may take on a machine that does much else. What it takes on a free one is for the benchmark to say.
GENEROUS = 3

LOOPS = {
    "a loop": "while (true) {}",
    "a loop that allocates": "let all = []; while (true) { all = [all.length, {}] }",
    "a promise that never settles": "await new Promise(() => {})",
    "a loop after an await": "await null; while (true) {}",
    "endless awaiting": "while (true) await null",
    "a loop in a timer": "setTimeout(() => { while (true) {} }, 0); await new Promise(() => {})",
    "a loop in an immediate": "setImmediate(() => { while (true) {} }); await new Promise(() => {})",
    "a loop in a tick": "process.nextTick(() => { while (true) {} }); await new Promise(() => {})",
    "a loop in an event": "const target = new EventTarget(); target.addEventListener('go', () => { while (true) {} });"
    " target.dispatchEvent(new Event('go'))",
    "a generator": "function* endless() { for (let i = 0; ; i++) yield i } for (const i of endless()) {}",
    "a wait that blocks": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
    "a catastrophic regular expression": "/^(a+)+$/.test('a'.repeat(40) + 'b')",
    "a loop that catches": "for (;;) { try { while (true) {} } catch {} }",
    "a loop that prints": "while (true) console.log('x')",
    "sorting by a slow comparison": "Array.from({ length: 1e6 }, () => 0).sort(() => { for (let i = 0; i < 1e6; i++); return 0 })",
    "a loop in a function of an earlier cell": "spin()",
}


def told(times):
    each = sorted(times.items(), key=lambda pair: -pair[1])
    print("milliseconds from the interrupt to the reply: " + ", ".join(f"{name} {ms * 1000:.0f}" for name, ms in each))


def stopped(kernel, kinds, wait):
    kernel.run("let kept = 7; function spin() { while (true) {} }")
    times = {}
    for name, code in kinds.items():
        reply, outputs, seconds = kernel.run(code, interrupt_after=wait)
        assert reply["status"] == "error" and reply["ename"] == "InterruptedError", (name, reply)
        assert seconds < GENEROUS, (name, seconds)
        assert outputs[-1]["msg_type"] == "error", name
        assert kernel.value("kept") == ["7"], name
        times[name] = seconds
    told(times)


def loops(kernel):
    stopped(kernel, LOOPS, 0.2)


def waiting_cells(kernel):
    kernel.run("let kept = 7")
    waiting = [kernel.client.execute(code) for code in ("while (true) {}", "kept = 8", "kept = 9")]
    time.sleep(0.2)
    kernel.manager.interrupt_kernel()
    assert [kernel.reply(one)["status"] for one in waiting] == ["error", "aborted", "aborted"]
    assert kernel.value("kept") == ["7"]


def twice(kernel):
    """People press stop more than once: what comes after the cell must not be hit."""
    for code in ("while (true) {}", "await new Promise(() => {})", "while (true) await null"):
        for number in range(5):
            waiting = kernel.client.execute(code)
            time.sleep(0.05)
            for _ in range(3):
                kernel.client.control_channel.send(kernel.client.session.msg("interrupt_request", {}))
            assert kernel.reply(waiting)["ename"] == "InterruptedError", code
            assert kernel.value(f"{number} + 1") == [str(number + 1)], code
    for _ in range(3):
        assert kernel.client.control_channel.get_msg(timeout=5)["content"]["status"] == "ok"
    # With nothing to stop, nothing happens.
    kernel.manager.interrupt_kernel()
    assert kernel.value("1 + 1") == ["2"]


class Slow(BaseHTTPRequestHandler):
    """Serves a file that never ends."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "application/geo+json")
        self.end_headers()
        try:
            for _ in range(600):
                self.wfile.write(b" " * 1000)
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *_):
        pass


def long_work(kernel):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/slow.geojson"
    kernel.run("%sql SELECT 1")
    kinds = {
        "a query": "%sql SELECT count(*) FROM range(100000) a, range(100000) b, range(100) c WHERE a.range + b.range + c.range < 0",
        "a download": f"await fetch('{address}', {{ signal }}).then((answer) => answer.text())",
        "a download that nobody can abort": f"await fetch('{address}').then((answer) => answer.text())",
        "an import": f"%import {address}",
        "a command": "%sh sleep 20",
        "a pause": "await new Promise((resolve) => setTimeout(resolve, 60_000))",
    }
    stopped(kernel, kinds, 0.7)
    assert kernel.value("const one = %sql SELECT 3 AS n\none.get(0).n") == ["3"], "the engine does not work after it"
    server.shutdown()


def finishes(kernel):
    """A cell that waits may tidy up; one whose JavaScript must be stopped cannot."""
    kernel.run("globalThis.tidied = []")
    kernel.run("try { await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))) } finally { tidied.push('waiting') }", interrupt_after=0.2)
    assert kernel.value("tidied") == ["[ 'waiting' ]"]
    kernel.run("await fetch('http://127.0.0.1:9/', { signal }).catch(() => {}); while (true) {}", interrupt_after=0.3)
    assert kernel.value("signal.aborted") == ["false"]


def control_c(kernel):
    kernel.run("let kept = 7")
    times = {}
    for name, code in {
        "a promise": "await new Promise(() => {})",
        "a loop": "while (true) {}",
        "a loop after an await": "await null; while (true) {}",
        "a wait that blocks": LOOPS["a wait that blocks"],
    }.items():
        for again in range(3):
            waiting = kernel.client.execute(code)
            time.sleep(0.6)
            begin = time.monotonic()
            kernel.process.send_signal(signal.SIGINT)
            if again == 2:
                kernel.process.send_signal(signal.SIGINT)
            assert kernel.reply(waiting)["ename"] == "InterruptedError", name
            times[name] = time.monotonic() - begin
            assert times[name] < GENEROUS, (name, times)
            assert kernel.value("kept") == ["7"], name
    told(times)
    # With nothing to stop, nothing happens.
    for _ in range(20):
        kernel.process.send_signal(signal.SIGINT)
    time.sleep(0.2)
    assert kernel.value("kept") == ["7"]


def process_exit(kernel):
    reply, _, _ = kernel.run("const x = 9; process.exit(3)")
    assert reply["ename"] == "UserError", reply
    assert reply["evalue"] == "process.exit() is not available in a notebook; use Restart Kernel", reply
    reply, _, _ = kernel.run("setTimeout(() => process.exit(3), 0); await new Promise((r) => setTimeout(r, 50)); x")
    assert reply["status"] == "ok", reply
    assert kernel.value("x") == ["9"]


BUSY = {
    "nothing": "1",
    "a loop": "while (true) {}",
    "a loop that catches": "for (;;) { try { while (true) {} } catch {} }",
    "a promise": "await new Promise(() => {})",
    "a timer that loops": "setInterval(() => { while (true) {} }, 1); await new Promise(() => {})",
    "a loop that prints": "while (true) console.log('x')",
    "a question": "prompt('?')",
    "an exit that loops": "process.on('exit', () => { while (true) {} })",
}


def busy_shutdown(_):
    """Whatever runs, the process ends by itself, with nothing to say about it."""
    times = {}
    for name, code in BUSY.items():
        kernel = Kernel(stderr=subprocess.PIPE)
        try:
            kernel.client.execute(code, allow_stdin=True)
            time.sleep(0.2)
            start = time.time()
            kernel.client.shutdown()
            status = kernel.process.wait(timeout=20)
            times[name] = time.time() - start
            assert status == 0, (name, status)
            assert kernel.process.stderr.read() == b"", name
        finally:
            kernel.stop()
    print("milliseconds to the end of a kernel with: " + ", ".join(f"{name} {ms * 1000:.0f}" for name, ms in times.items()))
    kernel = Kernel()
    kernel.client.execute("import { execSync } from 'node:child_process'; execSync('sleep 30')")
    time.sleep(0.3)
    kernel.client.shutdown()
    assert kernel.process.wait(timeout=20) == -signal.SIGKILL, "a native call can only be ended with its process"
    kernel.stop()


def busy_control(kernel):
    kernel.client.execute("while (true) {}")
    time.sleep(0.2)
    times = []
    for _ in range(20):
        start = time.time()
        kernel.client.control_channel.send(kernel.client.session.msg("kernel_info_request", {}))
        kernel.client.control_channel.get_msg(timeout=5)
        times.append(time.time() - start)
    assert kernel.client.hb_channel.is_beating()
    print(f"control answers in {sorted(times)[10] * 1000:.1f} ms (median) while a cell loops")


if __name__ == "__main__":
    checked(globals(), without_kernel=(busy_shutdown,))
