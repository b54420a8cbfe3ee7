"""Every Python process of the tests loads this: kernels, exports, servers. None may connect to another machine.

An attempt raises an error and is written into the file that OFFLINE_LOG names, since the error may be caught.
"""

import os
import socket
import sys
import traceback

HERE = {"", "localhost", "0.0.0.0", "::", "::1", socket.gethostname()}


def _refuse(event: str, given: tuple) -> None:
    if event == "socket.getaddrinfo":
        host = given[0]
    elif event == "socket.connect" and isinstance(given[1], tuple):
        host = given[1][0]
    else:
        return
    name = (host.decode() if isinstance(host, bytes) else host or "").split("%")[0]
    if name in HERE or name.startswith("127."):
        return
    with open(os.environ["OFFLINE_LOG"], "a", encoding="utf-8") as log:  # noqa: PTH123 pathlib would cost every start
        log.write(f"{name}, asked for by {' '.join(sys.orig_argv)[:300]}\n{''.join(traceback.format_stack(limit=8))}\n")
    raise ConnectionRefusedError(f"a test, a notebook or an export may not connect to another machine: {name}")


if "OFFLINE_LOG" in os.environ:
    sys.addaudithook(_refuse)
