"""Local database records (SQLAlchemy Core tables); nothing Qt. Qt's item models are ``tables``.

One module per noun. Columns of a record kind come from ``contract.kinds``, so the desk can never
store another shape than central checks.
"""

from console.models import (
    alert,
    blob,
    directory,
    handover,
    local,
    post,
    register,
    report,
    sign,
    workbook,
)
from console.models.base import RECORDS, metadata

__all__ = [
    "RECORDS",
    "alert",
    "blob",
    "directory",
    "handover",
    "local",
    "metadata",
    "post",
    "register",
    "report",
    "sign",
    "workbook",
]
