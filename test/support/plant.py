"""Runs cells as a notebook, saves it with its checkpoint, exports it, then kills a kernel in the middle of an import.

plant.py KERNEL FOLDER < {"cells": [...], "slow": "..."} ; prints what was shown, as JSON.
"""

import json
import os
import signal
import sys
import time

import nbformat
from jupyter_client.manager import start_new_kernel
from jupyter_server.services.contents.filemanager import FileContentsManager
from nbclient import NotebookClient
from nbconvert import HTMLExporter



def unpacked(folder):
    partial = os.path.join(folder, ".tombolo", "partial")
    return any(
        os.path.getsize(os.path.join(place, name)) > 1_000_000 for place, _, names in os.walk(partial) for name in names
    )


kernel, folder = sys.argv[1:]
given = json.load(sys.stdin)
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in given["cells"]])
NotebookClient(
    notebook, kernel_name=kernel, timeout=120, allow_errors=True, resources={"metadata": {"path": folder}}
).execute()

contents = FileContentsManager(root_dir=folder)
contents.save({"type": "notebook", "format": "json", "content": notebook}, "planted.ipynb")
contents.create_checkpoint("planted.ipynb")
with open(os.path.join(folder, "planted.html"), "w", encoding="utf-8") as page:
    page.write(HTMLExporter().from_notebook_node(notebook)[0])

for delay in given["delays"]:
    manager, client = start_new_kernel(kernel_name=kernel, cwd=folder)
    client.execute_interactive("1", timeout=60, output_hook=lambda _: None)
    client.execute(given["slow"])
    # From the moment on at which something has been unpacked, whatever the machine's load.
    until = time.time() + 60
    while time.time() < until and not unpacked(folder):
        time.sleep(0.01)
    time.sleep(delay)
    os.kill(manager.provisioner.process.pid, signal.SIGKILL)
    client.stop_channels()
    manager.shutdown_kernel(now=True)

print(json.dumps([[json.dumps(output) for output in cell.outputs] for cell in notebook.cells]))
