"""Whose desk the benchmarks run: the key of the file and the one person in it."""

KEY = bytes(range(32))
PERSON = "person-bench"
