"""Where central keeps its records: an encrypted file (SQLite) or PostgreSQL, behind one class.

``Database`` is what every feature works with; ``open_connection`` opens a file of central as such.
"""

from central.database.database import Database
from central.database.sqlite import open_connection

__all__ = ["Database", "open_connection"]
