"""The Qt binding in use keeps count of what it hands back.

PySide6 6.12 loses one reference to None at every call that returns nothing, on Python 3.10 and
3.11: a long run of such calls ends the process. The lock file stays below it; this test is the
proof that the version in use is sound.
"""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for turn in range(10_000):
    label.setText(str(turn))
print("alive")
"""


def test_ten_thousand_calls_that_return_nothing_leave_the_process_alive() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
        check=False,
        timeout=60,
    )
    assert answer.stdout.strip() == "alive", answer.stderr
    assert answer.returncode == 0
