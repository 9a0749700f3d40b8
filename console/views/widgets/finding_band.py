"""The band under a field; it lives beside the other bands."""

from console.views.widgets.band import FindingBand

__all__ = ["FindingBand"]
