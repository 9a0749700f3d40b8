"""A record travels as what its own op does not say, and is whole again at the other end (§5)."""

from __future__ import annotations

from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from contract.messages import completed, difference

NAMES = st.sampled_from("abcdef")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.floats(0, 2) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=4,
)
BODIES = st.dictionaries(NAMES, VALUES)


@given(BODIES, BODIES, st.sets(NAMES))
def test_what_an_op_set_with_the_difference_laid_over_it_is_the_body(
    asked: dict[str, Any], news: dict[str, Any], dropped: set[str]
) -> None:
    body = {name: value for name, value in asked.items() if name not in dropped} | news
    wire = orjson.loads(orjson.dumps({"id": "x", **difference(asked, body)}))
    again = completed(wire, orjson.loads(orjson.dumps(asked)))
    # As text, because 1, 1.0 and true are alike for Python and not for a record.
    assert orjson.dumps(again, option=orjson.OPT_SORT_KEYS) == orjson.dumps(
        {"id": "x", "body": body}, option=orjson.OPT_SORT_KEYS
    )
