"""Blocks over a photo: what is under one is gone, nothing else changes, every step can be undone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.photo import Pixels
from console.domain.photo_blocks import LEAST, MOST, SHADE, Block, BlockSheet, between, covered

WIDE, TALL = 60, 40

ACTS = st.sampled_from(["add", "move", "resize", "remove", "next", "draw"])
STEPS = st.lists(st.tuples(ACTS, st.integers(-90, 90), st.integers(-90, 90)), max_size=25)


def photo() -> Pixels:
    """A photo in which no pixel has the shade of a block."""
    return Pixels(WIDE, TALL, bytes(200 + n % 50 for n in range(3 * WIDE * TALL)))


def played(steps: list[tuple[str, int, int]]) -> BlockSheet:
    sheet = BlockSheet(WIDE, TALL)
    for act, x, y in steps:
        if act == "add":
            sheet.add()
        elif act == "draw":
            sheet.add(between(abs(x) % WIDE, abs(y) % TALL, x % WIDE, y % TALL))
        elif act == "move":
            sheet.move(x, y)
        elif act == "resize":
            sheet.resize(x, y)
        elif act == "remove":
            sheet.remove()
        else:
            sheet.choose(1)
    return sheet


@given(STEPS)
@settings(max_examples=60)
def test_whatever_is_drawn_the_pixels_under_blocks_are_gone_and_all_others_stay(
    steps: list[tuple[str, int, int]],
) -> None:
    sheet, before = played(steps), photo()
    after = covered(before, sheet.blocks)
    assert (after.width, after.height, len(after.data)) == (WIDE, TALL, len(before.data))
    for block in sheet.blocks:
        assert min(block.left, block.top) >= 0
        assert block.left + block.width <= WIDE
        assert block.top + block.height <= TALL
        assert min(block.width, block.height) >= LEAST
    under = {
        (x, y)
        for one in sheet.blocks
        for x in range(one.left, one.left + one.width)
        for y in range(one.top, one.top + one.height)
    }
    for y in range(TALL):
        for x in range(WIDE):
            at = 3 * (y * WIDE + x)
            kept = bytes([SHADE]) * 3 if (x, y) in under else before.data[at : at + 3]
            assert after.data[at : at + 3] == kept
    while sheet.undo():
        pass
    assert sheet.blocks == ()


def test_a_block_is_chosen_by_its_place_and_the_newest_lies_on_top() -> None:
    sheet = BlockSheet(WIDE, TALL)
    sheet.add(Block(0, 0, 20, 20))
    sheet.add(Block(10, 10, 20, 20))
    assert (sheet.choose_at(12, 12), sheet.chosen) == (True, 1)
    assert (sheet.choose_at(2, 2), sheet.chosen) == (True, 0)
    assert not sheet.choose_at(50, 39)
    sheet.remove()
    assert sheet.blocks == (Block(10, 10, 20, 20),)
    assert all(sheet.add() for _ in range(MOST - 1))
    assert not sheet.add()
