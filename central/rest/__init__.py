"""Plain REST per kind of record, for scripts and other systems (docs/api.md).

Every change runs through the same deciding and the same ``commit_changes`` as a push of a desk.
"""
