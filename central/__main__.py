"""Central on its own: ``python -m central FILE``; the key stands in BUURTDESK_CENTRAL_KEY.

It answers on this machine only. Desks of a team elsewhere reach it through a server in front of it
that has a certificate.
"""

import argparse
import os
import sys
from pathlib import Path

import uvicorn

from central.app import build_app, close_app
from central.problems import Unusable
from central.settings import Settings

HOST = "127.0.0.1"
PORT = 8461
KEY_VARIABLE = "BUURTDESK_CENTRAL_KEY"


def key_from(words: str) -> bytes | None:
    """Read a key of 64 hexadecimal digits; None for anything else."""
    try:
        key = bytes.fromhex(words)
    except ValueError:
        return None
    return key if len(key) == 32 else None


def main(arguments: list[str] | None = None) -> int:
    """Start central; returns 2 when it cannot start, with one Dutch sentence on stderr."""
    parser = argparse.ArgumentParser(prog="python -m central")
    parser.add_argument("file", type=Path)
    parser.add_argument("--port", type=int, default=PORT)
    asked = parser.parse_args(arguments)
    key = key_from(os.environ.get(KEY_VARIABLE, ""))
    if key is None:
        sys.stderr.write(f"Zet eerst de sleutel in {KEY_VARIABLE}: 64 tekens, 0-9 en a-f.\n")
        return 2
    try:
        app = build_app(Settings(asked.file, key))
    except Unusable as trouble:
        sys.stderr.write(f"{trouble.sentence}\n")
        return 2
    try:
        uvicorn.run(app, host=HOST, port=asked.port, access_log=False, server_header=False)
    finally:
        close_app(app)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
