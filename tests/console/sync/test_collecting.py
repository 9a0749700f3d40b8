"""While records come in the collector looks seldom, and afterwards as before."""

from __future__ import annotations

import gc
from contextlib import suppress

from console.sync.collecting import SELDOM, Seldom


def test_the_collector_looks_as_before_once_nobody_is_inside_any_more() -> None:
    seldom = Seldom()
    before = gc.get_threshold()
    with seldom:
        with suppress(ConnectionError), seldom:
            assert gc.get_threshold() == (SELDOM, *before[1:])
            raise ConnectionError
        assert gc.get_threshold()[0] == SELDOM
    assert gc.get_threshold() == before
