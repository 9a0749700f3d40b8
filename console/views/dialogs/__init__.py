"""Questions laid over a screen. None runs a loop of its own; each ends with ``finished``."""
