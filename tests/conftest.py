"""One JupyterLab for the whole run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from kit.lab import Lab, copy_project, free_port, wait_until_up

import start


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on a copy of the project, with the command, the settings and the trust that start.py gives it."""
    home = tmp_path_factory.mktemp("jupyterlab")
    project = copy_project(home / "project")
    (home / "settings").mkdir()
    (home / "settings" / "overrides.json").write_text(json.dumps(start.QUIET), encoding="utf-8")
    own = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    own |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "user"), "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces")}
    env = os.environ | own | {"PYTHONUTF8": "1"}
    port, log = free_port(), home / "server.log"
    more = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    more += ["--IdentityProvider.token=test", f"--LabApp.app_settings_dir={home / 'settings'}"]
    trusting = start.trust(sys.executable, project, env)
    with log.open("w", encoding="utf-8") as out:
        command = [sys.executable, *start.arguments("lab", project), *more]
        server = subprocess.Popen(command, cwd=project, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until_up(f"http://127.0.0.1:{port}", server, log)
        trusting.wait(60)
        yield Lab(f"http://127.0.0.1:{port}", "test", project)
    finally:
        server.terminate()
        server.wait(30)
