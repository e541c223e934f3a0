"""Checks of what a kernel must bear: many cells, many starts, several clients, broken messages."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import zmq
from client import NAME, checked, folder, text_of
from jupyter_client import BlockingKernelClient
from jupyter_client.manager import KernelManager


AT_ONCE = 4


def resident(process):
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))


def many_cells(kernel):
    if not os.path.exists("/proc/self/status"):
        print("Memory is not measured: this system has no /proc")
        return
    cell = (
        "interface Row{n} {{ id: number; name: string }}\n"
        "const rows{n}: Row{n}[] = Array.from({{ length: 100 }}, (_, id) => ({{ id, name: `r${{id}}` }}));\n"
        "function total{n}(rows: Row{n}[]): number {{ return rows.reduce((sum, row) => sum + row.id, 0) }}\n"
        "total{n}(rows{n}) + {n}"
    )
    memory = []
    for number in range(1000):
        assert kernel.value(cell.format(n=number % 50)) == [str(4950 + number % 50)]
        if number % 100 == 99:
            memory.append(resident(kernel.process))
    print("memory every 100 cells: " + ", ".join(f"{each:.0f}" for each in memory) + " MB")
    assert memory[-1] < memory[2] + 60, memory
    assert memory[-1] < 300, memory


def two_clients(kernel):
    other = BlockingKernelClient(connection_file=kernel.manager.connection_file)
    other.load_connection_file()
    other.start_channels()
    other.wait_for_ready(timeout=10)
    first = kernel.client.execute("for (let i = 0; i < 5; i++) { console.log('first', i); await new Promise((r) => setTimeout(r, 20)) }")
    second = other.execute("console.log('second'); 2")
    assert kernel.reply(first)["status"] == "ok"
    while True:
        reply = other.get_shell_msg(timeout=10)
        if reply["parent_header"]["msg_id"] == second:
            break
    assert reply["content"]["status"] == "ok"
    seen = {first: [], second: []}
    for message in kernel.later(0.5):
        seen.get(message["parent_header"].get("msg_id"), []).append(message)
    assert text_of(seen[first]) == "".join(f"first {i}\n" for i in range(5))
    assert text_of(seen[second]) == "second\n", "a client does not see what the other runs"
    # A question goes to the client that asked, not to the other.
    asked = other.execute("const who = await input('Who?')", allow_stdin=True)
    assert other.get_stdin_msg(timeout=10)["content"]["prompt"] == "Who?"
    try:
        kernel.client.get_stdin_msg(timeout=0.3)
        raise AssertionError("the other client was asked")
    except Exception as error:
        assert type(error).__name__ == "Empty", error
    other.input("other")
    while other.get_shell_msg(timeout=10)["parent_header"]["msg_id"] != asked:
        pass
    assert kernel.value("who") == ["'other'"]
    other.stop_channels()


def malformed(kernel):
    session, socket = kernel.client.session, kernel.client.shell_channel.socket
    good = session.serialize(session.msg("execute_request", {"code": "globalThis.bad = 1"}))

    def signed(*parts):
        return [b"<IDS|MSG>", session.sign(list(parts)), *parts]

    header = good[2]
    for frames in [
        [b""],
        [b"nothing"],
        [b"<IDS|MSG>"],
        good[:3],
        [b"<IDS|MSG>", b"x" * 10_000, *good[2:]],
        signed(b"{", b"{}", b"{}", b"{}"),
        signed(b"[]", b"{}", b"{}", b"{}"),
        signed(b"{}", b"{}", b"{}", b"{}"),
        signed(b'{"msg_type": 5}', b"{}", b"{}", b"{}"),
        signed(b'{"msg_type": "__proto__", "msg_id": "a"}', b"{}", b"{}", b"{}"),
        signed(b'{"msg_type": "no_such_request", "msg_id": "b"}', b"{}", b"{}", b"{}"),
        signed(header, b"{}", b"{}", b"\xff\xfe"),
        signed(b'{"msg_type": "execute_request", "msg_id": "c"}', b"{}", b"{}", b'{"code": {}}'),
        signed(b'{"msg_type": "complete_request", "msg_id": "d"}', b"{}", b"{}", b'{"cursor_pos": -5}'),
        signed(b'{"msg_type": "comm_msg", "msg_id": "e"}', b"{}", b"{}", b"{}"),
        signed(b'{"msg_type": "history_request", "msg_id": "f"}', b"{}", b"{}", b'{"n": "many"}'),
        signed(b'{"msg_type": "debug_request", "msg_id": "g"}', b"{}", b"{}", b'{"command": 7}'),
    ]:
        socket.send_multipart(frames)
    # The one that looks like a cell gives up the cells that wait behind it, so the next is sent when it has been answered.
    assert kernel.reply("c")["status"] == "error"
    assert kernel.value("typeof bad") == ["'undefined'"]
    kernel.client.control_channel.socket.send_multipart([b"nothing"])
    kernel.client.stdin_channel.socket.send_multipart([b"nothing"])
    assert kernel.value("2") == ["2"]


def restart(number):
    """Starts a kernel, runs a cell, shuts it down; returns the seconds from the start to the end of the cell."""
    start = time.time()
    manager = KernelManager(kernel_name=NAME)
    manager.start_kernel(cwd=folder)
    shell, control = (connected(port) for port in (manager.shell_port, manager.control_port))
    code = f"if ({number} + 1 !== {number + 1}) throw 1"
    manager.session.send(shell, "execute_request", {"code": code, "silent": False})
    assert shell.poll(20_000), f"kernel {number} did not start"
    _, message = manager.session.recv(shell, mode=0)
    assert message["content"]["status"] == "ok", (number, message)
    seconds = time.time() - start
    manager.session.send(control, "shutdown_request", {"restart": False})
    assert manager.provisioner.process.wait(timeout=20) == 0, f"kernel {number} did not end cleanly"
    shell.close(), control.close()
    manager.cleanup_resources()
    return seconds


def restarts(_):
    """By bare sockets: what jupyter_client waits for at every start would take minutes."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        times = sorted(pool.map(restart, range(200)))
    print(f"200 kernels, {AT_ONCE} at once: from the start to the end of the first cell {times[100] * 1000:.0f} ms (median)")


def connected(port):
    socket = zmq.Context.instance().socket(zmq.DEALER)
    socket.setsockopt(zmq.RECONNECT_IVL, 2)
    socket.connect(f"tcp://127.0.0.1:{port}")
    return socket


if __name__ == "__main__":
    checked(globals(), without_kernel=(restarts,))
