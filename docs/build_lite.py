"""Build a JupyterLite site of the notebooks: static files, with which a browser opens and runs them without a server.

    python docs/build_lite.py [FOLDER] [--pyodide FOLDER]        (default: lite-site)

Needs `pip install -r docs/lite-requirements.txt`, in an environment of its own.
`--pyodide` names an unpacked release of Pyodide, Python for the browser; docs/hub.md says where to get it. What the
notebooks need of it becomes part of the site, which then asks no other server for anything. Without it the site shows
the notebooks with their stored charts, and says that it cannot run them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KERNEL = "@jupyterlite/pyodide-kernel-extension"
CORE = ("pyodide.asm.*", "pyodide.js", "pyodide.mjs", "python_stdlib.zip")
# A cell imports only `helpers`, so the packages that helpers needs are loaded when the kernel starts.
FROM_PYODIDE = ["micropip", "ipython", "jinja2", "numpy", "pandas", "pydantic"]
FOR_THE_KERNEL = ("jedi", "sqlite3", "ssl")  # it asks for them, and never starts where one that Pyodide has is missing
FROM_PYPI = {"comm": ["traitlets"], "krippendorff": ["numpy"], "plotly": ["narwhals", "packaging"]}  # with their needs
# rtoml is compiled, and nobody has compiled it for a browser. Python's own reader is slower and reads the same.
INSTEAD_OF_RTOML = "from tomllib import TOMLDecodeError as TomlParsingError, loads\n"
MESSAGE = Path(__file__).with_name("lite_message.js")


def settings(python: bool) -> dict:
    """Give the site's settings."""
    own: dict[str, object] = {"appName": "The US-Mexico security talks", "exposeAppInBrowser": True}
    if python:
        options = {"packages": [*FROM_PYODIDE, *FROM_PYPI]}
        kernel = {"disablePyPIFallback": True, "loadPyodideOptions": options}
        own["litePluginSettings"] = {f"{KERNEL}:kernel": kernel}
    else:
        own["disabledExtensions"] = [KERNEL]
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": own}


def copy_python(release: Path, target: Path) -> None:
    """Copy what the notebooks need of a Pyodide release, and their other packages, with a list of just these."""
    lock = json.loads((release / "pyodide-lock.json").read_text(encoding="utf-8"))
    known, kept = lock["packages"], {}
    wanted = [*FROM_PYODIDE, *(name for name in FOR_THE_KERNEL if name in known)]
    wanted += [need for needs in FROM_PYPI.values() for need in needs]
    target.mkdir(parents=True)
    for path in (path for pattern in CORE for path in release.glob(pattern)):
        shutil.copy(path, target)
    while wanted:
        name = re.sub("[-_.]+", "-", wanted.pop().lower())
        name = name if name in known else name.replace("-", "_")
        if name in kept:
            continue
        about = kept[name] = known[name]
        path = release / about["file_name"]
        if not path.is_file():
            sys.exit(f"{path} is missing: --pyodide needs the whole release of Pyodide, not its core alone.")
        if hashlib.sha256(path.read_bytes()).hexdigest() != about["sha256"]:
            sys.exit(f"{path} is not the file that pyodide-lock.json describes: download the release again.")
        shutil.copy(path, target)
        wanted += about["depends"]
    for path in downloaded(target):
        name, version = path.name.split("-")[:2]
        kept[name] = described(path, name, version)
    lock["info"].setdefault("version", json.loads((release / "package.json").read_text(encoding="utf-8"))["version"])
    lock["packages"] = kept
    (target / "pyodide-lock.json").write_text(json.dumps(lock, indent=1), encoding="utf-8")


def downloaded(target: Path) -> list[Path]:
    """Download the packages that Pyodide does not have, in the locked versions."""
    pins = re.findall(r"(?m)^([\w.-]+)==([\w.]+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"))
    wanted = [f"{name}=={version}" for name, version in pins if name in FROM_PYPI]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*command, "--dest", str(target), *wanted], check=True)
    return [path for name in FROM_PYPI for path in target.glob(f"{name}-*.whl")]


def described(path: Path, name: str, version: str) -> dict:
    """Describe a wheel as pyodide-lock.json does."""
    with zipfile.ZipFile(path) as wheel:
        tops = {entry.partition("/")[0].removesuffix(".py") for entry in wheel.namelist()}
    about = {"name": name, "version": version, "file_name": path.name, "depends": FROM_PYPI[name]}
    about |= {"imports": sorted(top for top in tops if top.isidentifier()), "install_dir": "site"}
    return about | {
        "package_type": "package",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "unvendored_tests": False,
    }


def build(target: Path, pyodide: Path | None) -> None:
    """Copy what the notebooks need into a temporary folder, and build the site from it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("notebooks", "src", "seeds"):
            ignored = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(ROOT / name, home / "files" / name, ignore=ignored)
        if pyodide:
            (home / "files" / "src" / "rtoml.py").write_text(INSTEAD_OF_RTOML, encoding="utf-8")
            copy_python(pyodide, home / "static" / "pyodide")
        (home / "jupyter-lite.json").write_text(json.dumps(settings(bool(pyodide)), indent=1), encoding="utf-8")
        # A build over an older one keeps parts of it, so the site is built new and then put in its place.
        command = [sys.executable, "-m", "jupyter", "lite", "build", "--contents", "files", "--output-dir", "site"]
        subprocess.run([*command, "--apps", "lab", "--no-sourcemaps"], cwd=home, check=True)
        page = home / "site" / "lab" / "index.html"
        call = 'sayWhyNothingRuns("../static/pyodide/pyodide.mjs")' if pyodide else 'sayWhyNothingRuns("")'
        script = f"<script>{MESSAGE.read_text(encoding='utf-8')}{call};</script></body>"
        page.write_text(page.read_text(encoding="utf-8").replace("</body>", script, 1), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(home / "site", target)


def main() -> None:
    """Build the site, and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("lite-site"))
    parser.add_argument("--pyodide", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    try:
        import jupyterlite_core  # noqa: F401
        import jupyterlite_pyodide_kernel  # noqa: F401
        import plotly  # noqa: F401 - without it, each chart of the site is only a sentence
    except ImportError as error:
        sys.exit(f"{error.name} is not installed: see the first lines of {Path(__file__).name}.")
    target = given.folder.resolve()
    if target.exists() and not (target / "jupyter-lite.json").is_file():
        sys.exit(f"{target} is no JupyterLite site and would be lost: name another folder.")
    if given.pyodide and not (given.pyodide / "pyodide-lock.json").is_file():
        sys.exit(f"{given.pyodide} has no pyodide-lock.json: name the folder of an unpacked release of Pyodide.")
    build(target, given.pyodide and given.pyodide.resolve())
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file()) / 1e6
    print(f"{target}: {size:.0f} MB. Open it through a web server: python -m http.server --directory {target}")


if __name__ == "__main__":
    main()
