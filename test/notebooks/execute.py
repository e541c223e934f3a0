"""Runs a notebook from top to bottom in its own folder: execute.py IN OUT KERNEL"""

import sys

import nbformat
from nbclient import NotebookClient

source, target, kernel = sys.argv[1:4]
notebook = nbformat.read(source, as_version=4)
client = NotebookClient(notebook, timeout=120, kernel_name=kernel, record_timing=False, resources={"metadata": {"path": sys.argv[4]}})
try:
    client.execute()
finally:
    nbformat.write(notebook, target)
