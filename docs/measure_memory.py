"""Measure what a student needs on a hub: the memory of one JupyterLab server and of one kernel that draws a chart.

    .venv/bin/python docs/measure_memory.py

Linux only: it reads the proportional set size (PSS), which counts memory that processes share once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[1]
DRAWS = """
import sys
sys.path.insert(0, 'src')
import helpers as h
chart = h.topics_by_meeting(h.load_passages(), h.load_topics()).to_json()
"""
SYSTEM_GB = 1.0  # for the operating system, the hub and its proxy
SIZES = (4, 8, 16, 32)  # GB
KERNELS = 2  # a student often has two notebooks open
PORT = 8917


def children(process: int) -> list[int]:
    """Give the processes that a process has started."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    return [int(child) for child in listed.split()]


def memory_mb(process: int) -> float:
    """Give the memory of a process and of its children, in MB."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    own = sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return own / 1000 + sum(map(memory_mb, children(process)))


def server_mb() -> float:
    """Start JupyterLab, wait until it answers, and measure it."""
    words = ["--no-browser", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={PORT}", "--ServerApp.port_retries=0"]
    words += ["--IdentityProvider.token=measure"] + (["--allow-root"] if os.geteuid() == 0 else [])
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "jupyterlab", *words]
        server = subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{PORT}/lab?token=measure", timeout=5).read()
                    break
                except OSError:
                    time.sleep(0.2)
            else:
                sys.exit("JupyterLab did not start.")
            return memory_mb(server.pid)
        finally:
            server.terminate()
            server.wait()


def kernel_mb() -> float:
    """Start a kernel, let it draw a chart, and measure it."""
    manager, client = start_new_kernel(cwd=str(ROOT))
    try:
        reply = client.execute_interactive(DRAWS, timeout=300)
        if reply["content"]["status"] != "ok":
            sys.exit(f"The kernel could not draw a chart: {reply['content'].get('evalue')}")
        return memory_mb(manager.provisioner.pid)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main() -> None:
    """Measure and print the table of docs/hub.md."""
    if not Path("/proc/self/smaps_rollup").exists():
        sys.exit("This reads /proc, so it needs Linux.")
    server, kernel = server_mb(), kernel_mb()
    student = server + KERNELS * kernel
    print(f"One server needs {server:.0f} MB, one kernel with a chart {kernel:.0f} MB.")
    print(f"With {KERNELS} notebooks open that makes {student:.0f} MB for a student.\n")
    print("| memory of the machine | students |\n|--:|--:|")
    for size in SIZES:
        print(f"| {size} GB | {(size - SYSTEM_GB) * 1000 // student:.0f} |")


if __name__ == "__main__":
    main()
