"""Where the desk keeps things, and that one process at a time has a profile open.

``BUURTDESK_HOME`` overrides the folder of the operating system. Training and demo have folders
of their own beside the real one (F57).
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

HOME_VARIABLE = "BUURTDESK_HOME"
DESK, TRAINING, DEMO = "desk", "training", "demo"


@dataclass(frozen=True, slots=True)
class Profile:
    """The files of one profile; ``root`` is a folder of its own."""

    root: Path

    @property
    def database(self) -> Path:
        """The desk's own encrypted file."""
        return self.root / "desk.db"

    @property
    def central_database(self) -> Path:
        """The encrypted file of the central that runs inside the desk."""
        return self.root / "central.db"

    @property
    def new_central(self) -> Path:
        """A new file for that central while it is being filled; never opened as central's own."""
        return self.root / "central-anew.db"

    @property
    def keys(self) -> Path:
        """The slots that lead to the key; never the key itself."""
        return self.root / "keys.json"

    @property
    def settings(self) -> Path:
        """The settings of this station."""
        return self.root / "settings.json"

    @property
    def log(self) -> Path:
        """The log: ids and words of our own, never content."""
        return self.root / "logs" / "desk.log"

    @property
    def crash(self) -> Path:
        """Where the interpreter writes when it dies."""
        return self.root / "logs" / "crash.txt"

    @property
    def lock(self) -> Path:
        """Held by the one process that has this profile open."""
        return self.root / "desk.lock"

    @property
    def half_made(self) -> Path:
        """Stands while the profile is being made for the first time."""
        return self.root / "half.made"

    def begin_making(self) -> bool:
        """Note that the profile is being made; False where its files are here already."""
        if any(path.exists() for path in (self.database, self.central_database, self.keys)):
            return False
        self.half_made.touch(mode=0o600)
        return True

    def end_making(self) -> None:
        """The profile is whole: from here on there may be work in it."""
        self.half_made.unlink(missing_ok=True)

    def drop_half_made(self) -> None:
        """Remove what a first start left that died half-way: nobody could ever get in (§2).

        Nothing was typed in it, and what was fetched is at central.
        """
        if self.half_made.exists():
            self.forget_files()
            self.end_making()

    def forget_files(self) -> None:
        """Remove the files of a profile that could not be made, so that it can be made again."""
        for stem in (self.database, self.central_database, self.keys):
            for path in self.root.glob(f"{stem.stem}.*"):
                if path != self.lock:
                    path.unlink(missing_ok=True)

    def prepare(self) -> None:
        """Make the folders, readable by this user only."""
        for folder in (self.root, self.log.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def home() -> Path:
    """Return the folder of all profiles: ``BUURTDESK_HOME``, else the system's place for data."""
    chosen = os.environ.get(HOME_VARIABLE, "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("buurtdesk", appauthor=False)


def profile(name: str = DESK) -> Profile:
    """Return the profile of this name: desk, training or demo."""
    return Profile(home() / name)


class ProfileLock:
    """One process per profile. The system lets go of it when the process ends, kill -9 included."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Take the lock; False where another process holds it."""
        if self._file is not None:
            return True
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._path.open("ab+")
        if not _lock(file):
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go; the file stays."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> "ProfileLock":
        self.take()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
