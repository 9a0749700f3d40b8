"""The audit rows for who looks at them: checkpoints, the page, the export, the check (F54)."""
