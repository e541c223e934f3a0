"""Times kernels through Jupyter's protocol, in turn: kernel_client.py < {"kernels": {…}, "rounds": n} > figures.json

A client of its own, because jupyter_client waits up to 0.1 s to reconnect: sockets that try again every 2 ms, and a time
that ends when both the reply and the idle status of a request are there. What a kernel does not do stays out.
"""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import psutil
import zmq
from jupyter_client.session import Session

CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
QUICK_CELLS = 30
LONG_CELLS = 12
CELLS_BEFORE_TYPES = 60
CELLS_FOR_MEMORY = 200


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Kernel:
    """A kernel's process and the sockets to it."""

    def __init__(self, spec, folder):
        self.spec = spec
        self.session = Session(key=b"benchmark", username="benchmark")
        ports = free_ports(len(CHANNELS))
        connection = {f"{name}_port": port for name, port in zip(CHANNELS, ports, strict=True)}
        connection |= {"transport": "tcp", "ip": "127.0.0.1", "signature_scheme": "hmac-sha256", "key": "benchmark"}
        file = os.path.join(folder, f"{ports[0]}.json")
        with open(file, "w", encoding="utf-8") as out:
            json.dump(connection, out)
        argv = [word.replace("{connection_file}", file) for word in spec["argv"]]
        context = zmq.Context.instance()
        kinds = {"shell": zmq.DEALER, "control": zmq.DEALER, "stdin": zmq.DEALER, "iopub": zmq.SUB, "hb": zmq.REQ}
        self.sockets = {}
        for name, port in zip(CHANNELS, ports, strict=True):
            one = context.socket(kinds[name])
            one.linger = 0
            one.setsockopt(zmq.RECONNECT_IVL, 2)
            one.setsockopt(zmq.RCVHWM, 0)
            if name == "iopub":
                one.setsockopt(zmq.SUBSCRIBE, b"")
            one.connect(f"tcp://127.0.0.1:{port}")
            self.sockets[name] = one
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            argv, cwd=folder, env={**os.environ, **spec.get("env", {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def send(self, kind, content, channel="shell"):
        message = self.session.msg(kind, content)
        self.session.send(self.sockets[channel], message)
        return message["header"]["msg_id"]

    def receive(self, channel, timeout):
        if not self.sockets[channel].poll(timeout * 1000):
            raise TimeoutError(channel)
        _, frames = self.session.feed_identities(self.sockets[channel].recv_multipart())
        return self.session.deserialize(frames)

    def answer(self, identifier, channel="shell", timeout=60):
        while True:
            message = self.receive(channel, timeout)
            if message["parent_header"].get("msg_id") == identifier:
                return message["content"]

    def until_idle(self, identifier, timeout=60):
        outputs = []
        while True:
            message = self.receive("iopub", timeout)
            if message["parent_header"].get("msg_id") != identifier:
                continue
            if message["msg_type"] != "status":
                outputs.append(message)
            elif message["content"]["execution_state"] == "idle":
                return outputs

    def wait(self):
        """Asks until there is an answer; milliseconds since the process was started."""
        identifier = self.send("kernel_info_request", {})
        self.answer(identifier)
        took = self.since_start()
        # The first messages on the publishing socket may have come before the subscription.
        self.drain()
        return took

    def since_start(self):
        return (time.perf_counter() - self.started) * 1000

    def drain(self):
        while self.sockets["iopub"].poll(60):
            self.sockets["iopub"].recv_multipart()

    def execute(self, code, timeout=60):
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        return self.send("execute_request", content | {"allow_stdin": False, "stop_on_error": True})

    def run(self, code, timeout=60):
        """Milliseconds until both reply and idle are there, and the outputs."""
        begin = time.perf_counter()
        identifier = self.execute(code)
        status = self.answer(identifier, timeout=timeout)["status"]
        if status != "ok":
            raise TimeoutError(f"a cell, but {status},")
        outputs = self.until_idle(identifier, timeout)
        return (time.perf_counter() - begin) * 1000, outputs

    def ask(self, kind, content, channel="shell", timeout=10):
        begin = time.perf_counter()
        reply = self.answer(self.send(kind, content, channel), channel, timeout)
        return (time.perf_counter() - begin) * 1000, reply

    def memory(self):
        """Resident megabytes of the kernel's process, and of it with all that it has started."""
        own = psutil.Process(self.process.pid)
        # tslab's command starts the kernel proper.
        family = [own, *own.children(recursive=True)]
        sizes = {one.pid: one.memory_info().rss / 1e6 for one in family}
        kernel = sizes[own.pid] if not self.spec.get("isWrapped") else max(sizes.values())
        return kernel, sum(sizes.values())

    def interrupt(self):
        if self.spec.get("interrupt") == "message":
            self.send("interrupt_request", {}, "control")
        else:
            os.killpg(self.process.pid, signal.SIGINT)

    def stop(self):
        for one in self.sockets.values():
            one.close()
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()


def long_cell(language, number):
    """Some thirty lines that a notebook might have, never twice the same."""
    with open(os.path.join(os.path.dirname(__file__), f"cell.{language}"), encoding="utf-8") as file:
        return file.read().replace("NUMBER", str(number))


class Figures:
    def __init__(self):
        self.values = {}

    def add(self, name, value):
        self.values.setdefault(name, []).append(value)

    def median(self, name, values):
        self.add(name, statistics.median(values))


def cells(kernel, figures):
    language = kernel.spec["language"]
    figures.median("1+1", [kernel.run("1+1")[0] for _ in range(QUICK_CELLS)])
    figures.median("a new line", [kernel.run(f"{number}+1")[0] for number in range(QUICK_CELLS)])
    figures.median("30-line cell", [kernel.run(long_cell(language, number))[0] for number in range(LONG_CELLS)])


def types(kernel, figures):
    """With 60 cells before it: what is wrong in a long cell, completion of a member, explanation of a name."""
    language = kernel.spec["language"]
    for number in range(LONG_CELLS, CELLS_BEFORE_TYPES):
        kernel.run(long_cell(language, number))
    time.sleep(1)
    kernel.drain()
    if "wrong" in kernel.spec:
        figures.median("diagnostics of a 30-line cell", [diagnostics(kernel, number) for number in range(9)])
    member = kernel.spec["member"]
    complete = {"code": member, "cursor_pos": len(member)}
    times = [kernel.ask("complete_request", complete) for _ in range(9)]
    if all(reply["matches"] for _, reply in times):
        figures.add("first completion", times[0][0])
        figures.median("completion", [took for took, _ in times[1:]])
    inspect = {"code": kernel.spec["name"], "cursor_pos": 2, "detail_level": 0}
    times = [kernel.ask("inspect_request", inspect) for _ in range(9)]
    if all(reply.get("found") for _, reply in times):
        figures.median("hover", [took for took, _ in times[1:]])
    for number in range(CELLS_BEFORE_TYPES, CELLS_FOR_MEMORY):
        kernel.run(long_cell(language, number))
    time.sleep(0.5)
    own, family = kernel.memory()
    figures.add("memory after 200 cells", own)
    figures.add("with its other processes", family)


def diagnostics(kernel, number):
    """From sending a cell with a wrong type to being told so, wherever the kernel tells it."""
    code = long_cell(kernel.spec["language"], 1000 + number) + kernel.spec["wrong"].replace("NUMBER", str(number))
    begin = time.perf_counter()
    identifier = kernel.execute(code)
    while True:
        message = kernel.receive("iopub", 20)
        isStream = message["msg_type"] == "stream" and message["content"]["name"] == "stderr"
        if message["parent_header"].get("msg_id") == identifier and (isStream or message["msg_type"] == "error"):
            break
    took = (time.perf_counter() - begin) * 1000
    kernel.answer(identifier)
    # tslab gives up what comes within 0.2 s of an error.
    time.sleep(0.3)
    kernel.drain()
    return took


def lines(kernel, figures):
    count = kernel.spec["lines"]
    took, outputs = kernel.run(kernel.spec["print"].replace("COUNT", str(count)), timeout=150)
    text = "".join(one["content"]["text"] for one in outputs if one["msg_type"] == "stream")
    lost = count - text.count("\n")
    scale = 1_000_000 / count
    figures.add("a million lines", took * scale)
    figures.add("messages for them", len([one for one in outputs if one["msg_type"] == "stream"]) * scale)
    figures.add("lines lost or late", lost * scale)


def loop(kernel, figures):
    count = kernel.spec["turns"]
    took, _ = kernel.run(kernel.spec["loop"].replace("COUNT", str(count)), timeout=150)
    figures.add("loop of 3e8 at the top level", took * 3e8 / count)


def busy(kernel, figures):
    """What a kernel answers while a cell loops, and how soon an interrupt ends it."""
    identifier = kernel.execute(kernel.spec["endless"])
    time.sleep(0.5)
    for name, ask in (
        ("control while a cell loops", lambda: kernel.ask("kernel_info_request", {}, "control", 1)[0]),
        ("heartbeat while a cell loops", lambda: heartbeat(kernel)),
    ):
        try:
            figures.median(name, [ask() for _ in range(5)])
        except TimeoutError:
            pass
    begin = time.perf_counter()
    kernel.interrupt()
    try:
        kernel.answer(identifier, timeout=5)
        figures.add("interrupt of a loop", (time.perf_counter() - begin) * 1000)
    except TimeoutError:
        pass


def heartbeat(kernel):
    begin = time.perf_counter()
    kernel.sockets["hb"].send(b"ping")
    if not kernel.sockets["hb"].poll(1000):
        raise TimeoutError("hb")
    kernel.sockets["hb"].recv()
    return (time.perf_counter() - begin) * 1000


def start(spec, folder, figures):
    kernel = Kernel(spec, folder)
    try:
        figures.add("start to kernel_info", kernel.wait())
        kernel.run("1+1")
        figures.add("start to first cell done", kernel.since_start())
        time.sleep(0.3)
        figures.add("memory after start", kernel.memory()[0])
    finally:
        kernel.stop()


def session(spec, folder, figures):
    kernel = Kernel(spec, folder)
    try:
        kernel.wait()
        kernel.run("1+1")
        time.sleep(0.5)
        for part in (cells, types, loop, busy):
            tried(part, kernel, figures)
    finally:
        kernel.stop()
    # A kernel that drowns in output must not spoil the rest.
    kernel = Kernel(spec, folder)
    try:
        kernel.wait()
        kernel.run("1+1")
        tried(lines, kernel, figures)
    finally:
        kernel.stop()


def tried(part, kernel, figures):
    """What a kernel does not answer stays out of the table."""
    try:
        part(kernel, figures)
    except TimeoutError as error:
        print(f"  no answer on {error} in {part.__name__}", file=sys.stderr, flush=True)


def main():
    task = json.load(sys.stdin)
    kernels = task["kernels"]
    figures = {name: Figures() for name in kernels}
    with tempfile.TemporaryDirectory(prefix="kernel-bench-") as folder:
        for step, rounds in ((start, task["starts"]), (session, task["sessions"])):
            for turn in range(rounds):
                for name, spec in kernels.items():
                    print(f"{step.__name__} {turn + 1} of {rounds}: {name}", file=sys.stderr, flush=True)
                    os.makedirs(os.path.join(folder, name), exist_ok=True)
                    step(spec, os.path.join(folder, name), figures[name])
    json.dump({name: one.values for name, one in figures.items()}, sys.stdout)


main()
