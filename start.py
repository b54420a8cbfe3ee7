# /// script
# requires-python = ">=3.11"
# ///
"""Set up and open the notebooks, from nothing but Python 3.11 or newer (or nothing but uv: uv run start.py ...).

    python start.py [lab] [...]     opens the first notebook in JupyterLab   (more words go to JupyterLab)
    python start.py test [...]      runs all tests                           (more words go to pytest)
    python start.py publish [...]   makes the pages, decks and student files (more words go to notebook_decks.publish)
    python start.py share           renews the files for other programs: datapackage.json, CITATION.cff, docs/data
    python start.py jupyter ...     runs jupyter, for example: jupyter nbconvert --to slides notebooks/NAME.ipynb

Everything it installs goes into .venv beside this file, once; delete that folder and nothing is left.
"""

import sys

if sys.version_info < (3, 11):  # before all else: an older Python may lack what follows
    sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ".")

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import venv
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where files of an environment in use cannot be replaced anyway
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
BIN = ENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.txt"
STAMP = ENV / "complete.txt"  # written last, so that half an environment never counts as one
FIRST = "notebooks/01-start-here.ipynb"
PROJECTS = (ROOT, ROOT / "slides")  # the explainer and its exporter, used from where they lie
# No news and no search for updates: JupyterLab would ask the network for both.
QUIET = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}

FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # what a full disk and a used-up quota answer
AGAIN = "Nothing half-made is kept: the next start begins again."
LINK = "{place} is a link to another folder. An installation would empty that folder: remove the link, and start again."
NOT_HERE = """
The set-up does not work in {folder}: {error}
It needs all files of the project, in a folder that may be written in. Copy the whole project to a folder of yours; if
JupyterLab or another program is using .venv, close it first. Then start again."""
CANNOT_INSTALL = "\nThe packages could not be installed; the lines above say why. " + AGAIN
FULL_DISK = "\nThe disk is full: {places}. The set-up needs about 1.2 GB: free some space, then start again. " + AGAIN
NO_NETWORK = (
    """
The network could not be reached. The first start needs it, later ones do not. Behind a proxy, set HTTPS_PROXY. Then
start again. """
    + AGAIN
)
OTHER_FILES = (
    """
A package is not the file that requirements.txt names, so it was not installed. Start again; if this appears again,
tell whoever gave you the project. """
    + AGAIN
)
REASONS = (  # what pip or uv says, and what that means
    ("No space left on device|Errno 28|os error 28|WinError 112|not enough space|[Qq]uota exceeded", FULL_DISK),
    ("DO NOT MATCH THE HASHES|[Hh]ash mismatch", OTHER_FILES),
    ("name resolution|not known|getaddrinfo|NewConnectionError|establish a new connection|[Tt]imed? ?out", NO_NETWORK),
    ("Cannot connect to proxy|Network is unreachable|dns error|error sending request|tcp connect", NO_NETWORK),
    ("Connection (?:aborted|refused|reset)|SSLError|CERTIFICATE_VERIFY_FAILED", NO_NETWORK),
)


def wanted():
    """Say what a complete environment would be: this lock, this Python, this place."""
    return "\n".join([hashlib.sha256(LOCK.read_bytes()).hexdigest(), sys.version.split()[0], str(ENV)])


def is_complete():
    """Return whether .venv holds what the lock names, all of it."""
    return os.access(str(PYTHON), os.X_OK) and STAMP.is_file() and STAMP.read_bytes() == wanted().encode("utf-8")


@contextlib.contextmanager
def alone():
    """Wait until no other start of this project installs: two at once would undo each other's work."""
    with Path(__file__).open("rb") as file:  # its lock goes with the process, however that ends
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Another start is installing into .venv: waiting for it ...")
                sys.stdout.flush()
                fcntl.flock(file, fcntl.LOCK_EX)
            except OSError:
                pass  # a file system without locks
        yield


def install():
    """Make .venv again and fill it; whatever stops this takes .venv away again."""
    try:
        fill()
    except BaseException:
        before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
        shutil.rmtree(str(ENV), ignore_errors=True)
        for number, handler in before.items():
            signal.signal(number, handler)
        raise


def fill():
    """Make .venv again and fill it with the pinned packages, each checked against its hash."""
    print("First start: installing into .venv (about 800 MB, one to five minutes) ...")
    sys.stdout.flush()
    rules = ["--quiet", "--require-hashes", "--only-binary=:all:", "-r", str(LOCK)]
    ours = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    ours += [word for project in PROJECTS for word in ("--editable", str(project))]
    uv = os.environ.get("UV")  # set by `uv run`; it installs the same files, checked the same way, several times faster
    if uv:
        call([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(ENV)])
        pip = [uv, "pip", "install", "--python", str(PYTHON)]
    else:
        venv.create(str(ENV), with_pip=True, clear=True)
        pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "--retries=2", "install"]
        pip += ["--no-compile"]  # Python compiles what it imports; to compile everything takes twice as long
    call(pip + rules)
    call(pip + ours)
    write(ENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json", json.dumps(QUIET))
    write(STAMP, wanted())


def call(command):
    """Run a command that ends when this program does; an error of it knows what the command said."""
    child = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", errors="replace")
    lines = []
    try:
        for line in child.stderr or ():
            sys.stderr.write(line)
            lines.append(line)
        status = child.wait()
    except BaseException:
        child.terminate()
        child.wait()
        raise
    if status:
        raise subprocess.CalledProcessError(status, command, stderr="".join(lines))


def why_not(error):
    """Say why the packages could not be installed, as far as the error tells."""
    parts = [str(error), getattr(error, "stderr", None) or "", getattr(error, "output", None) or ""]
    output = "\n".join(part.decode("utf-8", "replace") if isinstance(part, bytes) else part for part in parts)
    found = [words for sign, words in REASONS if re.search(sign, output)] or [CANNOT_INSTALL + "\n" + parts[0]]
    free = sorted((shutil.disk_usage(place).free // 10**6, place) for place in {str(ROOT), tempfile.gettempdir()})
    full = [one for one in free if one[0] < 1200] or free
    places = ", ".join("{} has {} MB left".format(place, left) for left, place in full)
    if full[0][0] >= 1200:
        places += " (a quota, or the number of files, may be the limit)"
    return found[0].replace("{places}", places)


def write(path, text):
    """Write a small text file, with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def arguments(name, root):
    """List what follows the interpreter for each command; nothing for a command that is not ours."""
    # As root (a container, a class server) JupyterLab refuses to start unless a flag says that this is wanted.
    allow = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    lab = ["-m", "jupyterlab", "--ServerApp.root_dir=" + str(root), "--LabApp.default_url=/lab/tree/" + FIRST]
    return {
        "lab": lab + allow,
        "test": ["-m", "pytest"],
        "publish": ["-m", "notebook_decks.publish"],
        "share": ["-m", "securitytalks.share"],
        "jupyter": ["-m", "jupyter"],
    }.get(name)


def trust(python, root, env):
    """Sign our notebooks while the server starts: only then do the sort and search in their tables work at once."""
    notebooks = sorted(str(path) for path in (root / "notebooks").glob("*.ipynb"))
    return subprocess.Popen([str(python), "-m", "nbformat.sign"] + notebooks, env=env, stdout=subprocess.DEVNULL)


def run(name, more):
    """Run a command in .venv until it ends; Ctrl-C and a stop signal are the command's own to answer."""
    path = str(BIN) + os.pathsep + os.environ.get("PATH", "")
    env = dict(os.environ, PATH=path, VIRTUAL_ENV=str(ENV), PYTHONUTF8="1")
    if name == "lab":
        trust(PYTHON, ROOT, env)
    child = subprocess.Popen([str(PYTHON)] + arguments(name, ROOT) + more, cwd=str(ROOT), env=env)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            pass  # the child got it too: JupyterLab asks, then ends its kernels itself


def stop(*_):
    """Let a stop signal do what Ctrl-C does."""
    raise KeyboardInterrupt


def main(words):
    """Set up where needed, then run the command; the exit status is the command's."""
    name = words[0] if words else "lab"
    if arguments(name, ROOT) is None:
        return __doc__
    try:
        if not is_complete():
            if ENV.is_symlink():
                return LINK.format(place=ENV)
            signal.signal(signal.SIGTERM, stop)
            with alone():
                if not is_complete():
                    install()
    except subprocess.CalledProcessError as error:
        return why_not(error)
    except OSError as error:
        return why_not(error) if error.errno in FULL else NOT_HERE.format(folder=ROOT, error=error)
    except KeyboardInterrupt:
        return "Stopped. " + AGAIN
    return run(name, words[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
