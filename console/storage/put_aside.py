"""Files that stand beside the desk's own and hold what it held go by their term (F52)."""

import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from contract.put_aside import is_over, stays

log = logging.getLogger(__name__)


def drop_over(path: Path, now: datetime, terms: Mapping[str, int]) -> int:
    """Let go what was put aside beside an open file and is over; returns how many files.

    While a part of that file could not be read, everything stays: it may be the last copy. Files of
    the central inside this desk count too: a damaged one that was put aside, and its copies once no
    such central is here any more; as long as it is, it lets those go itself.
    """
    if path.with_suffix(".damaged").exists() or not path.exists():
        return 0
    alone = path.with_name("central.db").exists()
    gone = 0
    for file in sorted(path.parent.iterdir()):
        stay = stays(file.name, path.stem, terms)
        if stay is None and not (alone and "-before-" in file.name):
            stay = stays(file.name, "central", terms)
        try:
            if stay is not None and is_over(file.stat().st_mtime, now, stay):
                file.unlink()
                gone += 1
        except OSError as trouble:
            log.warning("a file put aside could not be removed: %s", type(trouble))
    if gone:
        log.info("files put aside are over", extra={"count": gone})
    return gone
