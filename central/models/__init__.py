"""Database tables of central, one module per concern. Rows never leave the repositories."""

from central.models import access, blob, feed, intake, journal, retention, sync
from central.models.base import metadata

__all__ = ["access", "blob", "feed", "intake", "journal", "metadata", "retention", "sync"]
