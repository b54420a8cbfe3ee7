"""A stand-in for the networks a deck can meet: none, one that answers at once, and one that never answers.

"answers at once" is nbconvert's deck at its best: every address it asks for is served from copies on this machine, with
no delay. The copies are npm packages in a folder that is named on the command line:

    npm install reveal.js@4.0.2 requirejs@2.1.22 jquery@2.1.4 mathjax@2.7.7 mathjax3@npm:mathjax@3.2.2
"""

from __future__ import annotations

import contextlib
import gzip
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

CDNJS = r"https://cdnjs\.cloudflare\.com/ajax/libs/"
# What nbconvert's and Plotly's files ask for, and the file of an npm package that answers; {} is what the group held.
COPIES = (
    (r"https://unpkg\.com/reveal\.js@[\d.]+/(.+)", "reveal.js/{}"),
    (CDNJS + r"require\.js/[\d.]+/require(?:\.min)?\.js()", "requirejs/require.js"),
    (CDNJS + r"jquery/[\d.]+/jquery(?:\.min)?\.js()", "jquery/dist/jquery.min.js"),
    (CDNJS + r"mathjax/2[\d.]+/([^?]+).*", "mathjax/{}"),
    (CDNJS + r"mathjax/3[\d.]+/es5/tex-svg(?:\.min)?\.js()", "mathjax3/es5/tex-svg.js"),
    (CDNJS + r"mathjax/3[\d.]+/([^?]+).*", "mathjax3/{}"),
)
NEEDED = ("reveal.js", "requirejs", "jquery", "mathjax", "mathjax3")
KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
}


def missing(packages: Path | None) -> list[str]:
    """List what is needed for "answers at once" and not there."""
    if packages is None:
        return ["a folder of npm packages (--npm)"]
    lacking = [name for name in NEEDED if not (packages / name).is_dir()]
    return lacking + ([] if shutil.which("openssl") else ["openssl"])


@contextlib.contextmanager
def network(kind: str, packages: Path | None) -> Iterator[str]:
    """Give the rule with which Chromium resolves names on that network: "none", "at once" or "never"."""
    if kind == "none":
        yield "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    elif kind == "never":
        with socket.create_server(("127.0.0.1", 0), backlog=500) as silent:  # takes connections and says nothing
            yield f"MAP * 127.0.0.1:{silent.getsockname()[1]}, EXCLUDE 127.0.0.1"
    else:
        with _server(packages) as port:
            yield f"MAP * 127.0.0.1:{port}, EXCLUDE 127.0.0.1"


class Server(ThreadingHTTPServer):
    """A server that takes no notice of connections that are broken off."""

    def handle_error(self, *_: object) -> None:
        """Say nothing: browsers break connections off when a page is closed."""


@contextlib.contextmanager
def _server(packages: Path) -> Iterator[int]:
    server = Server(("127.0.0.1", 0), _answers_from(packages))
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = Path(folder) / "key", Path(folder) / "certificate"
        made = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=stand-in"]
        command = ["openssl", "req", "-x509", *made, "-keyout", str(key), "-out", str(certificate)]
        subprocess.run(command, check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def _answers_from(packages: Path) -> type[BaseHTTPRequestHandler]:
    @cache
    def answer(address: str) -> tuple[bytes, str] | None:
        for pattern, place in COPIES:
            found = re.fullmatch(pattern, address)
            path = packages / place.format(unquote(found[1])) if found else None
            if path and path.is_file():
                return gzip.compress(path.read_bytes()), KINDS.get(path.suffix, "application/octet-stream")
        return None

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            content, kind = answer(f"https://{self.headers['Host']}{self.path}") or (b"", "")
            self.send_response(200 if kind else 404)
            if kind:
                self.send_header("Content-Type", kind)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing: the terminal is for the results."""

    return Handler
