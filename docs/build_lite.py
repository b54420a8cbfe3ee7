"""Build a JupyterLite site of the notebooks: static files, with which a browser opens and runs them without a server.

    python docs/build_lite.py [FOLDER]        (default: lite-site)

Needs `pip install jupyterlite-core jupyterlite-pyodide-kernel jupyter-server plotly`, in an environment of its own; see
docs/hub.md for what such a site can do.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
# A cell imports only `helpers`, so the packages that helpers needs are loaded when the kernel starts.
PACKAGES = ["micropip", "comm", "ipython", "pandas", "plotly", "krippendorff", "pydantic"]
SETTINGS = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": "The US-Mexico security talks",
        "litePluginSettings": {KERNEL: {"loadPyodideOptions": {"packages": PACKAGES}}},
    },
}


def main(target: Path) -> None:
    """Copy what the notebooks need into a temporary folder, and build the site from it."""
    try:
        import jupyterlite_core  # noqa: F401
        import jupyterlite_pyodide_kernel  # noqa: F401
        import plotly  # noqa: F401 - without it, each chart of the site is only a sentence
    except ImportError as error:
        sys.exit(f"{error.name} is not installed: see the first lines of {Path(__file__).name}.")
    if target.exists() and not (target / "jupyter-lite.json").is_file():
        sys.exit(f"{target} is no JupyterLite site and would be lost: name another folder.")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("notebooks", "src", "seeds"):
            ignored = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(ROOT / name, home / "files" / name, ignore=ignored)
        (home / "jupyter-lite.json").write_text(json.dumps(SETTINGS, indent=1), encoding="utf-8")
        # A build over an older one keeps parts of it, so the site is built new and then put in its place.
        command = [sys.executable, "-m", "jupyter", "lite", "build", "--contents", "files", "--output-dir", "site"]
        subprocess.run([*command, "--apps", "lab", "--no-sourcemaps"], cwd=home, check=True)
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(home / "site", target)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file()) / 1e6
    print(f"{target}: {size:.0f} MB. Open it through a web server: python -m http.server --directory {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "lite-site").resolve())
