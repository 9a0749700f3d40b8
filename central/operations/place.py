"""Where central keeps its file when nobody says otherwise."""

import os
from pathlib import Path

HOME_VARIABLE = "BUURTDESK_HOME"
"""The folder of all profiles of this user, the same variable as the desk's."""

DATABASE_VARIABLE = "BUURTDESK_CENTRAL_DATABASE"
"""The address of PostgreSQL; here a password does not show in the list of processes."""


def default_file() -> Path:
    """Return ``central/central.db`` under ``BUURTDESK_HOME``, else the system's place for data."""
    chosen = os.environ.get(HOME_VARIABLE, "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute() / "central" / "central.db"
    from platformdirs import user_data_path

    return user_data_path("buurtdesk", appauthor=False) / "central" / "central.db"
