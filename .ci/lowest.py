"""Run the notebooks with the oldest versions that pyproject.toml allows, and compare what they show: needs uv.

python .ci/lowest.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLOTLY = "application/vnd.plotly.v1+json"
OLDEST_PYTHON = "3.11"  # requires-python


def shown(notebook: dict) -> list[object]:
    """Give what a notebook says: the words and rows of its charts, its other outputs as text, and its errors."""
    found: list[object] = []
    for output in (output for cell in notebook["cells"] for output in cell.get("outputs", [])):
        data = output.get("data", {})
        if PLOTLY in data:
            about = data[PLOTLY]["layout"]["meta"]
            found.append({name: about[name] for name in ("finding", "measure", "description", "columns", "rows")})
        elif "text/markdown" in data:
            found.append("".join(data["text/markdown"]))
        else:
            found.append(f"{output.get('ename', '')}{output.get('evalue', '')}{''.join(data.get('text/html', ''))}")
    return found


def run() -> None:
    """Run every notebook in this environment; the exit status is 1 where one shows anything else than it holds."""
    import nbformat
    from nbclient import NotebookClient

    different = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        before = shown(notebook)
        NotebookClient(notebook, resources={"metadata": {"path": path.parent}}, allow_errors=True).execute()
        after = shown(json.loads(nbformat.writes(notebook)))
        same = before == after
        print(f"{path.name}: {len(after)} outputs, {'as committed' if same else 'NOT as committed'}", flush=True)
        if not same:
            pairs = [(old, new) for old, new in zip(before, after, strict=False) if old != new]
            different += [f"committed {str(old)[:600]}\nhere      {str(new)[:600]}" for old, new in pairs[:3]]
    sys.exit("\n".join(different) or 0)


def main() -> None:
    """Make the environment, and run the notebooks in it."""
    with tempfile.TemporaryDirectory() as folder:
        python = str(Path(folder) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
        subprocess.run(["uv", "venv", "--quiet", "--python", OLDEST_PYTHON, folder], check=True)
        install = ["uv", "pip", "install", "--quiet", "--python", python, "--resolution", "lowest-direct"]
        subprocess.run([*install, "-r", str(ROOT / "pyproject.toml")], check=True)
        sys.exit(subprocess.run([python, __file__, "--here"], check=False).returncode)


if __name__ == "__main__":
    run() if sys.argv[1:] == ["--here"] else main()
