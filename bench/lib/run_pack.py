"""Runs cells in a new kernel and times them: run_pack.py FOLDER CELLS, which prints milliseconds as JSON"""

import json
import os
import sys
import time

import psutil
from jupyter_client.manager import start_new_kernel

folder, cells = sys.argv[1], json.loads(sys.argv[2])
environment = {**os.environ, "TOMBOLO_STORE": os.path.join(folder, "store"), "JUPYTER_PREFER_ENV_PATH": "1"}
manager, client = start_new_kernel(kernel_name="tombolo", startup_timeout=60, cwd=folder, env=environment)


def processor_time():
    """Of the kernel and all that it has started, those that have ended included."""
    kernel = psutil.Process(manager.provisioner.pid)
    times = [process.cpu_times() for process in [kernel, *kernel.children(recursive=True)]]
    ended = kernel.cpu_times()
    return sum(each.user + each.system for each in times) + ended.children_user + ended.children_system


def run(code):
    started = time.perf_counter()
    reply = client.execute_interactive(code, output_hook=lambda _: None, timeout=120, allow_stdin=False)
    if reply["content"]["status"] != "ok":
        raise SystemExit(f"{code}: {reply['content'].get('evalue')}")
    return (time.perf_counter() - started) * 1000


try:
    run("1")
    before = processor_time()
    took = [run(cell) for cell in cells]
    used = (processor_time() - before) * 1000
    print(json.dumps({"use": took[0], "wall": sum(took), "cpu": used}))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
