"""Set up what is missing on this machine, then do what was asked.

``python3 run.py`` opens the desk. ``python3 run.py help`` lists every verb. Only the
standard library is used here, so nothing has to be installed first. Set-up speaks on standard
error; standard output belongs to the verb.

Set-up makes ``.venv`` beside this file from ``requirements.lock`` (every file checked by its
hash) and stamps it last, so an interrupted set-up is never taken for a good one.
"""

from __future__ import annotations

import os
import sys

from tools.verbs import VERBS, Verb

__all__ = ["VERBS", "Verb", "main"]

ROOT = os.path.dirname(os.path.abspath(__file__))
OLDEST_PYTHON = (3, 11)
VENV = os.path.join(ROOT, ".venv")
LOCK = os.path.join(ROOT, "requirements.lock")
STAMP = os.path.join(VENV, "buurtdesk.stamp")
WINDOWS = sys.platform == "win32"
VENV_PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if WINDOWS else ("bin", "python")))

# What Qt loads from the system: file name -> Debian package. The wheels bring the rest.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


class SetupFailed(Exception):
    """Set-up cannot go on; the text is a Dutch sentence with a next step."""


def say(text: str) -> None:
    """Write one line about the set-up to standard error."""
    print(text, file=sys.stderr, flush=True)


# --- system libraries --------------------------------------------------------------------


def missing_packages(verb: Verb) -> list[str]:
    """Name the Debian packages that the verb needs and that this Linux machine lacks."""
    if verb.qt == "none" or not sys.platform.startswith("linux"):
        return []
    wanted = dict(QT_LIBRARIES)
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if verb.qt == "window" and platform.partition(":")[0] in ("", "xcb"):
        wanted.update(WINDOW_LIBRARIES)
    import ctypes

    missing = []
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def install_packages(packages: list[str]) -> None:
    """Install Debian packages with apt-get, as root or with sudo that asks nothing."""
    import shutil
    import subprocess

    names = " ".join(packages)
    command = f"apt-get install --no-install-recommends {names}"
    if shutil.which("apt-get") is None:
        raise SetupFailed(
            f"Op deze computer ontbreken onderdelen van het systeem.\n"
            f"Op Debian en Ubuntu heten ze: {names}\n"
            f"Installeer ze en start opnieuw."
        )
    prefix: list[str] = []
    if os.geteuid() != 0:
        quiet = subprocess.DEVNULL
        if shutil.which("sudo") is None or subprocess.call(
            ["sudo", "-n", "true"], stdin=quiet, stdout=quiet, stderr=quiet
        ):
            raise SetupFailed(
                f"Op deze computer ontbreken onderdelen van het systeem.\n"
                f"Laat een beheerder dit uitvoeren en start daarna opnieuw:\n"
                f"  sudo apt-get update && sudo {command}"
            )
        prefix = ["sudo", "-n"]
    say(f"Onderdelen van het systeem worden geïnstalleerd: {names}")
    prefix += ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    for words in (["update"], ["install", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*prefix, *words],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        # A refused update of one list need not stop the install; that one decides.
        if done.returncode and words[0] == "install":
            raise SetupFailed(
                f"{done.stdout[-2000:]}\nHet installeren lukte niet. Voer dit zelf uit en start "
                f"daarna opnieuw:\n  apt-get update && {command}"
            )


# --- the Python environment --------------------------------------------------------------


def wanted_stamp() -> str:
    """Say what a good environment is made from: this Python and the lock file."""
    import hashlib

    try:
        with open(LOCK, "rb") as lock:
            digest = hashlib.sha256(lock.read()).hexdigest()
    except OSError as error:
        raise SetupFailed(
            "Het bestand requirements.lock ontbreekt. Haal Buurtdesk opnieuw op."
        ) from error
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{version} {sys.implementation.cache_tag} {digest}\n"


def environment_is_good(stamp: str) -> bool:
    """Tell whether ``.venv`` was finished for this Python and this lock file."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read() == stamp and os.path.exists(VENV_PYTHON)
    except OSError:
        return False


def hold_setup_lock() -> object:
    """Let one set-up at a time work in this checkout; the caller keeps the answer alive."""
    import tempfile

    name = "buurtdesk-" + "".join(c if c.isalnum() else "-" for c in ROOT)[-80:]
    path = os.path.join(tempfile.gettempdir(), f"{name}-{os.environ.get('USER', '')}.lock")
    try:
        file = open(path, "a+")  # noqa: SIM115 - held until the process ends
    except OSError:
        return None
    try:
        if WINDOWS:
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:
        pass  # a file system without locks: two set-ups at once is then a person's own doing
    return file


def make_environment(stamp: str) -> None:
    """Make ``.venv`` anew from the lock file and stamp it when everything is in."""
    import shutil
    import subprocess

    say("Buurtdesk wordt klaargezet. Dit gebeurt één keer en duurt ongeveer een minuut.")
    base = getattr(sys, "_base_executable", None) or sys.executable
    if os.path.exists(STAMP):
        os.remove(STAMP)
    uv = shutil.which("uv")
    if uv and make_with_uv(uv, base):
        write_stamp(stamp)
        return
    make_empty_environment(base)
    pip = [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--no-input"]
    pip += ["--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    if subprocess.call([*pip, "-r", LOCK], stdin=subprocess.DEVNULL, stdout=sys.stderr):
        raise SetupFailed(
            "Het ophalen van de onderdelen lukte niet. Kijk of deze computer het netwerk op mag "
            "en start opnieuw.\nHierboven staat wat er misging."
        )
    write_stamp(stamp)


def make_with_uv(uv: str, base: str) -> bool:
    """Make the environment with uv, which is faster; False when that did not work."""
    import subprocess

    empty = [uv, "venv", "--quiet", "--clear", "--python", base, VENV]
    fill = [uv, "pip", "sync", "--quiet", "--python", VENV_PYTHON, "--require-hashes"]
    fill += ["--only-binary", ":all:", "--compile-bytecode", LOCK]
    return not any(
        subprocess.call(command, stdin=subprocess.DEVNULL, stdout=sys.stderr)
        for command in (empty, fill)
    )


def make_empty_environment(base: str) -> None:
    """Make ``.venv`` with pip in it; Debian keeps the part for that in a package of its own."""
    import importlib.util
    import subprocess

    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        install_packages([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
    command = [base, "-m", "venv", "--clear", VENV]
    if subprocess.call(command, stdin=subprocess.DEVNULL, stdout=sys.stderr):
        raise SetupFailed(
            f"De map {VENV} kon niet worden gemaakt. Kijk of er ruimte op de schijf is en of u "
            f"in deze map mag schrijven. Start daarna opnieuw."
        )


def write_stamp(stamp: str) -> None:
    """Mark the environment as finished, in one move."""
    half = STAMP + ".half"
    with open(half, "w", encoding="utf-8") as file:
        file.write(stamp)
    os.replace(half, STAMP)
    say("Klaar.")


def set_up(verb: Verb) -> None:
    """Bring the machine to where the verb can run; does nothing when it already can."""
    packages = missing_packages(verb)
    if packages:
        install_packages(packages)
        still = missing_packages(verb)
        if still:
            raise SetupFailed(f"Na het installeren ontbreekt nog: {' '.join(still)}.")
    stamp = wanted_stamp()
    if environment_is_good(stamp):
        return
    lock = hold_setup_lock()
    if not environment_is_good(stamp):
        make_environment(stamp)
    del lock


# --- running a verb ----------------------------------------------------------------------


def environment_for(verb: Verb) -> dict[str, str]:
    """Make the environment variables of the verb: imports from this checkout, UTF-8 text."""
    environment = dict(os.environ)
    environment["PYTHONPATH"] = ROOT
    environment["PYTHONUTF8"] = "1"
    for name in ("PYTHONHOME", "PYTHONDONTWRITEBYTECODE"):  # compiling anew doubles a start
        environment.pop(name, None)
    home = environment.get("BUURTDESK_HOME")
    if home:
        environment["BUURTDESK_HOME"] = os.path.abspath(os.path.expanduser(home))
    if sys.platform.startswith("linux"):
        spoken = next(
            (environment[k] for k in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(k)), ""
        )
        if "utf" not in spoken.lower():
            environment["LC_ALL"] = "C.UTF-8"
    if verb.qt == "offscreen":
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment


def arguments_for(name: str, words: list[str]) -> list[str]:
    """Complete the words for the verb: the whole test suite runs in three processes.

    Three on two cores: a test waits a quarter of its time for a disk, a thread or another process.
    Who is done first takes over from the others, so the slow tests do not wait for one another.
    """
    if name == "test" and not words and (os.cpu_count() or 1) > 1:
        return ["-n", "3", "--dist", "worksteal"]
    return words


def need_screen(verb: Verb) -> None:
    """Refuse to open a window on a Linux machine where no screen can be reached."""
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if verb.qt == "window" and sys.platform.startswith("linux"):
        if not any(os.environ.get(name) for name in known):
            raise SetupFailed(
                "Er is geen scherm om de desk op te tonen. Start Buurtdesk vanaf een bureaublad."
            )


def run(name: str, words: list[str]) -> int:
    """Set up and run one verb; on anything but Windows the verb takes this process over."""
    verb = VERBS[name]
    need_screen(verb)
    set_up(verb)
    environment = environment_for(verb)
    # -P keeps the caller's folder off the import path: a json.py lying there is not ours.
    command = [VENV_PYTHON, "-P", *verb.arguments, *arguments_for(name, words)]
    if verb.at_root:
        os.chdir(ROOT)
    sys.stdout.flush()
    if WINDOWS:
        import subprocess

        return subprocess.call(command, env=environment)
    os.execve(VENV_PYTHON, command, environment)


def version() -> str:
    """Read the version from pyproject.toml."""
    import tomllib

    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def help_text() -> str:
    """List every verb with one Dutch line."""
    lines = ["Gebruik: python3 run.py [WOORD] [...]", ""]
    lines += [f"  {name:14} {verb.says}" for name, verb in VERBS.items()]
    lines += [f"  {'version':14} toon de versie", f"  {'help':14} toon deze lijst"]
    return "\n".join(lines)


def main(argv: list[str]) -> int:
    """Do what the words on the command line ask; returns the exit code."""
    if tuple(sys.version_info[:2]) < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        say(f"Buurtdesk heeft Python 3.11 of nieuwer nodig. Dit is Python {found}.")
        return 1
    first = argv[0] if argv else "desk"
    if first in ("help", "-h", "--help"):
        print(help_text())
        return 0
    if first in ("version", "--version"):
        print(f"Buurtdesk {version()}")
        return 0
    words = argv[1:]
    if first.startswith("-"):
        first, words = "desk", argv
    if first not in VERBS:
        say(f"Onbekend woord: {first}\n\n{help_text()}")
        return 2
    try:
        return run(first, words)
    except SetupFailed as problem:
        say(str(problem))
        return 1
    except OSError as problem:
        say(f"Het klaarzetten lukte niet: {problem}. Kijk of u in de map {ROOT} mag schrijven.")
        return 1
    except KeyboardInterrupt:
        say("Afgebroken. Start opnieuw om verder te gaan.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
