"""Stand-ins for the world outside: hosts on this machine that answer as the real ones do.

The demo plays with them and tests use them. Nothing in desk or central imports this room: who
starts the program may (``main.py``), and only there the guarded client is told of it.
"""

from central.standins.hosts import Reply, Source, Standing, answering, standing

__all__ = ["Reply", "Source", "Standing", "answering", "standing"]
