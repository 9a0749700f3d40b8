"""Pure: blocks over a photo, drawn by mouse or key, that replace its pixels (security.md §5, F27).

A block is part of no file: before a photo is kept its pixels are overwritten, and only those are
kept. Until then blocks may be moved, made larger or smaller, taken away and undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.domain.photo import Pixels

SHADE = 40
"""The grey that stands where pixels were."""

LEAST = 8
"""Fewest pixels along a side of a block."""

MOST = 60
"""Most blocks of one photo."""

_SHARE = 6
"""A new block is a sixth of the shorter side."""

_UNDO = 200


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle in pixels of the photo, from its upper left."""

    left: int
    top: int
    width: int
    height: int


def covered(pixels: Pixels, blocks: Sequence[Block]) -> Pixels:
    """Return the picture with every pixel under a block overwritten; the old ones are gone."""
    if not blocks:
        return pixels
    data = bytearray(pixels.data)
    for block in blocks:
        inside = _within(block, pixels.width, pixels.height)
        row = bytes([SHADE]) * (3 * inside.width)
        for y in range(inside.top, inside.top + inside.height):
            start = 3 * (y * pixels.width + inside.left)
            data[start : start + len(row)] = row
    return Pixels(pixels.width, pixels.height, bytes(data))


class BlockSheet:
    """The blocks over one photo, which of them is chosen, and the way back.

    ``chosen`` is its place in ``blocks``, -1 for none. Nothing ever lies outside the photo.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.blocks: tuple[Block, ...] = ()
        self.chosen = -1
        self._before: list[tuple[tuple[Block, ...], int]] = []

    def add(self, block: Block | None = None) -> bool:
        """Lay a block, in the middle where none is given, and choose it; False: no room."""
        if len(self.blocks) >= MOST:
            return False
        if block is None:
            side = max(LEAST, min(self.width, self.height) // _SHARE)
            block = Block((self.width - side) // 2, (self.height - side) // 2, side, side)
        self._keep()
        self.blocks = (*self.blocks, _within(block, self.width, self.height))
        self.chosen = len(self.blocks) - 1
        return True

    def choose(self, step: int) -> None:
        """Choose the next block, or the one before."""
        if self.blocks:
            self.chosen = (self.chosen + step) % len(self.blocks)

    def choose_at(self, x: int, y: int) -> bool:
        """Choose the topmost block at a place; False: there is none."""
        for place in range(len(self.blocks) - 1, -1, -1):
            one = self.blocks[place]
            if 0 <= x - one.left < one.width and 0 <= y - one.top < one.height:
                self.chosen = place
                return True
        return False

    def move(self, dx: int, dy: int) -> None:
        """Move the chosen block by so many pixels."""
        block = self.current()
        if block is not None:
            self._put(replace(block, left=block.left + dx, top=block.top + dy))

    def resize(self, dx: int, dy: int) -> None:
        """Make the chosen block wider and taller by so many pixels, or less."""
        block = self.current()
        if block is not None:
            width = max(LEAST, min(block.width + dx, self.width - block.left))
            height = max(LEAST, min(block.height + dy, self.height - block.top))
            self._put(replace(block, width=width, height=height))

    def remove(self) -> None:
        """Take the chosen block away."""
        if self.current() is not None:
            self._keep()
            self.blocks = self.blocks[: self.chosen] + self.blocks[self.chosen + 1 :]
            self.chosen = min(self.chosen, len(self.blocks) - 1)

    def undo(self) -> bool:
        """Take back the last change; False: there is none."""
        if not self._before:
            return False
        self.blocks, self.chosen = self._before.pop()
        return True

    def current(self) -> Block | None:
        """Return the chosen block."""
        return self.blocks[self.chosen] if 0 <= self.chosen < len(self.blocks) else None

    def _put(self, block: Block) -> None:
        inside = _within(block, self.width, self.height)
        if inside != self.blocks[self.chosen]:
            self._keep()
            kept = list(self.blocks)
            kept[self.chosen] = inside
            self.blocks = tuple(kept)

    def _keep(self) -> None:
        self._before.append((self.blocks, self.chosen))
        del self._before[:-_UNDO]


def between(x: int, y: int, to_x: int, to_y: int) -> Block:
    """Return the block that a drag from one place to another draws."""
    return Block(min(x, to_x), min(y, to_y), max(LEAST, abs(to_x - x)), max(LEAST, abs(to_y - y)))


def _within(block: Block, width: int, height: int) -> Block:
    """Return the block with the same size moved inside the photo, or cut where it does not fit."""
    wide, tall = min(block.width, width), min(block.height, height)
    left = max(0, min(block.left, width - wide))
    top = max(0, min(block.top, height - tall))
    return Block(left, top, wide, tall)
