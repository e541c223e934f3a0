"""Checks of what goes both ways: questions to the person, comms, subshells, history, usage, types."""

import json
import os
import time

from client import Kernel, checked, folder, text_of


def answer(kernel, value):
    message = kernel.client.get_stdin_msg(timeout=10)
    kernel.client.input(value)
    return message["content"]


def questions(kernel):
    waiting = kernel.client.execute("const name = await input('Your name? '); name + '!'", allow_stdin=True)
    assert answer(kernel, "Ada") == {"prompt": "Your name? ", "password": False}
    assert kernel.reply(waiting)["status"] == "ok"
    assert kernel.value("name") == ["'Ada'"]
    waiting = kernel.client.execute("const word = await input('?', { password: true })", allow_stdin=True)
    assert answer(kernel, "secret")["password"] is True
    kernel.reply(waiting)
    waiting = kernel.client.execute("const age = prompt('Age?', '7'); const sure = confirm('Sure?')", allow_stdin=True)
    assert answer(kernel, "")["prompt"] == "Age? [7]"
    assert answer(kernel, "y")["prompt"] == "Sure? [y/N]"
    assert kernel.reply(waiting)["status"] == "ok"
    assert kernel.value("[word, age, sure].join()") == ["'secret,7,true'"]


def question_interrupted(kernel):
    for code in ("await input('?')", "prompt('?')"):
        waiting = kernel.client.execute(code, allow_stdin=True)
        kernel.client.get_stdin_msg(timeout=10)
        kernel.manager.interrupt_kernel()
        assert kernel.reply(waiting)["ename"] == "InterruptedError"
    # An answer that comes too late goes nowhere.
    kernel.client.input("late")
    assert kernel.value("1 + 1") == ["2"]


def nobody_to_ask(kernel):
    for code in ("await input('?')", "prompt('?')"):
        reply, _, _ = kernel.run(code, allow_stdin=False)
        assert reply["ename"] == "UserError" and "nobody to ask" in reply["evalue"], reply


def send_shell(kernel, kind, content, buffers=()):
    session = kernel.client.session
    message = session.msg(kind, content)
    session.send(kernel.client.shell_channel.socket, message, buffers=list(buffers))
    return message["header"]["msg_id"]


def comms(kernel):
    kernel.run(
        "const got = []; comms.register('echo', (comm, data, buffers) => {"
        " got.push(data.n); console.log('opened');"
        " comm.onMessage((data, buffers) => comm.send({ n: data.n * 2 }, buffers));"
        " comm.onClose(() => { got.push('closed') }) })"
    )
    opened = send_shell(kernel, "comm_open", {"comm_id": "c1", "target_name": "echo", "data": {"n": 1}})
    assert text_of(kernel.outputs(opened)) == "opened\n"
    content = request(kernel, "comm_info_request", {})
    assert content["comms"] == {"c1": {"target_name": "echo"}}, content
    assert request(kernel, "comm_info_request", {"target_name": "other"})["comms"] == {}
    sent = send_shell(kernel, "comm_msg", {"comm_id": "c1", "data": {"n": 21}}, [b"\x00\xff"])
    (echo,) = kernel.outputs(sent)
    assert echo["msg_type"] == "comm_msg" and echo["content"]["data"] == {"n": 42}, echo
    assert bytes(echo["buffers"][0]) == b"\x00\xff"
    kernel.outputs(send_shell(kernel, "comm_close", {"comm_id": "c1", "data": {}}))
    assert kernel.value("got.join()") == ["'1,closed'"]
    assert request(kernel, "comm_info_request", {})["comms"] == {}
    _, outputs, _ = kernel.run(
        "const mine = comms.open('panel', { a: 1 }, [new Uint8Array([7])]); mine.send('b'); mine.close(); 0"
    )
    assert [o["msg_type"] for o in outputs][:3] == ["comm_open", "comm_msg", "comm_close"], outputs
    assert outputs[0]["content"]["target_name"] == "panel" and bytes(outputs[0]["buffers"][0]) == b"\x07"
    unknown = send_shell(kernel, "comm_open", {"comm_id": "c2", "target_name": "nobody", "data": {}})
    assert [o["msg_type"] for o in kernel.outputs(unknown)] == ["comm_close"]


def request(kernel, kind, content):
    return kernel.reply(send_shell(kernel, kind, content))


def control(kernel, kind, content=None):
    kernel.client.control_channel.send(kernel.client.session.msg(kind, content or {}))
    return kernel.client.control_channel.get_msg(timeout=10)["content"]


def subshells(kernel):
    assert control(kernel, "list_subshell_request")["subshell_id"] == []
    made = control(kernel, "create_subshell_request")["subshell_id"]
    assert control(kernel, "list_subshell_request")["subshell_id"] == [made]
    kernel.run("let go; const gate = new Promise((open) => { go = open })")
    waiting = kernel.client.execute("await gate; 'through'")
    message = kernel.client.session.msg("execute_request", {"code": "go(); 'other'", "silent": False})
    message["header"]["subshell_id"] = made
    kernel.client.shell_channel.send(message)
    replies = [kernel.client.get_shell_msg(timeout=10)["parent_header"]["msg_id"] for _ in range(2)]
    assert replies == [message["header"]["msg_id"], waiting], "the subshell waited for the cell"
    assert control(kernel, "delete_subshell_request", {"subshell_id": made})["status"] == "ok"
    assert control(kernel, "delete_subshell_request", {"subshell_id": made})["status"] == "error"


def usage(kernel):
    content = control(kernel, "usage_request")
    assert content["kernel_memory"] > 10_000_000 and content["pid"] == kernel.process.pid, content
    assert content["cpu_count"] >= 1 and content["host_virtual_memory"]["total"] > content["kernel_memory"]


def history(kernel):
    kernel.run("const first = 1")
    kernel.run("first + 41")
    kernel.stop()
    other = Kernel()
    try:
        other.run("const second = 2")
        entries = other.reply(other.client.history(hist_access_type="tail", n=3))["history"]
        assert [entry[2] for entry in entries] == ["const first = 1", "first + 41", "const second = 2"], entries
        before, _, now = [entry[0] for entry in entries]
        assert now == before + 1, entries
        found = other.reply(other.client.history(hist_access_type="search", pattern="*41*", n=5))["history"]
        assert [entry[2] for entry in found] == ["first + 41"]
        past = other.reply(other.client.history(hist_access_type="range", session=-1, start=2, stop=3))["history"]
        assert [entry[1:] for entry in past] == [[2, "first + 41"]], past
        present = other.reply(other.client.history(hist_access_type="range", session=0, output=True))["history"]
        assert [entry[2][0] for entry in present] == ["const second = 2"], present
        with open(os.environ["TOMBOLO_HISTORY"], encoding="utf-8") as file:
            kept = [json.loads(line) for line in file]
        assert all(entry.keys() == {"run", "line", "input"} for entry in kept), kept
        assert not [entry for entry in kept if "42" in entry["input"]], "what a cell gave is kept in the file"
    finally:
        other.stop()


def output_limit(kernel):
    kernel.run("%config output-limit 1")
    _, outputs, _ = kernel.run("for (let i = 0; i < 300_000; i++) console.log(String(i).padStart(9, '0'))")
    text, note = text_of(outputs), text_of(outputs, "stderr")
    assert len(text) == 1_000_000, len(text)
    assert "More than 1 MB are printed" in note, note
    path = note.split("goes to ")[1].split(" (")[0]
    with open(path, encoding="utf-8") as file:
        rest = file.read()
    assert text + rest == "".join(f"{i:09}\n" for i in range(300_000)), "something is lost"
    os.remove(path)
    assert kernel.value("1") == ["1"]


def warnings_of(kernel, code, seconds=3):
    """What TypeScript says of a cell; it may come after its end."""
    kernel.run(code)
    end = time.time() + seconds
    text = ""
    while time.time() < end and "TypeScript" not in text:
        text += text_of(kernel.later(0.2), "stderr")
    return text


def types(kernel):
    text = warnings_of(kernel, "const wrong: string = 5")
    assert "In[1], which runs all the same" in text and "(2322)" in text, text
    assert kernel.value("wrong") == ["5"]
    # What a magic gives has the columns of its query, in the same cell and in the next, quick or slow.
    wrong = "const t = %sql SELECT 1.5 AS lat\nconst sure = t.get(0)!.lat; const unsure = t.get(0)!.lot"
    slow = "const u = %sql SELECT count(*) AS n FROM range(20000) a, range(20000) b WHERE a.range + b.range < 0\nu.get(0)!.m"
    for cell, name in ((wrong, "'lot'"), ("t.get(0)!.lit", "'lit'"), (slow, "'m'")):
        text = warnings_of(kernel, cell)
        assert name in text and "1 problem" in text, (cell, text)
    kernel.run("%%sql named <<\nSELECT 1 AS number, 'a' AS letter")
    text = warnings_of(kernel, "named.get(0)!.number.toFixed(); named.get(0)!.leter")
    assert "'leter'" in text and "1 problem" in text, text
    matches = kernel.reply(kernel.client.complete("named.get(0)!.le"))["matches"]
    assert matches == ["letter"], matches
    kernel.run("%config typecheck strict")
    reply, outputs, _ = kernel.run("const other: string = 6")
    assert reply["ename"] == "TypeCheckError" and "did not run" in reply["evalue"], reply
    assert [o["msg_type"] for o in outputs] == ["error"]
    kernel.run("%config typecheck off")
    assert warnings_of(kernel, "const third: string = 7", 1) == ""
    assert kernel.value("typeof other + third") == ["'undefined7'"]


def while_running(kernel):
    kernel.run("const box = { alpha: 1 }")
    assert kernel.reply(kernel.client.complete("box.al"))["matches"] == ["alpha"]
    for code in ("await new Promise(() => {})", "while (true) {}"):
        waiting = kernel.client.execute(code)
        time.sleep(0.2)
        assert kernel.reply(kernel.client.complete("box.al"))["matches"] == ["alpha"], code
        data = kernel.reply(kernel.client.inspect("box"))["data"]
        assert "alpha" in data["text/plain"], data
        kernel.manager.interrupt_kernel()
        assert kernel.reply(waiting)["ename"] == "InterruptedError", "completion waited for the cell"
    assert kernel.value("box.alpha") == ["1"]


if __name__ == "__main__":
    checked(globals())
