"""Every key of the desk: one table, one router; no window-wide shortcut anywhere else."""
