"""Runs cells in a kernel and prints what came back: run_cells.py KERNEL < cells.json > answers.json"""

import json
import sys
import time

from jupyter_client.manager import start_new_kernel


def run(client, code):
    shown, streams = [], {"stdout": "", "stderr": ""}

    def receive(message):
        content = message["content"]
        if message["msg_type"] == "stream":
            streams[content["name"]] += content["text"]
        elif message["msg_type"] in ("execute_result", "display_data", "update_display_data"):
            shown.append({"type": message["msg_type"], "data": content["data"]})
        elif message["msg_type"] == "error":
            shown.append(
                {
                    "type": "error",
                    "name": content["ename"],
                    "value": content["evalue"],
                    "traceback": content["traceback"],
                }
            )

    reply = client.execute_interactive(code, output_hook=receive, timeout=60, stop_on_error=False, allow_stdin=False)
    if reply["content"]["status"] != "ok":
        # tslab gives up whatever comes within 0.2 s of an error.
        time.sleep(0.4)
    return {"status": reply["content"]["status"], "shown": shown, **streams}


manager, client = start_new_kernel(kernel_name=sys.argv[1], startup_timeout=60)
try:
    print(json.dumps([run(client, cell) for cell in json.load(sys.stdin)]))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
