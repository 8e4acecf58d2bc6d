"""A message definition as a machine: where each tag leads from each position, worked out once for all messages.

It never looks back: a segment belongs to the innermost open group that still has a place for it, as ISO 9735 rules.
"""

from dataclasses import dataclass, field
from functools import cache

from parsers.edifact.directory import GroupSlot, Slot, directory


@dataclass(slots=True)
class Step:
    """Where a tag leads from a state: how deep, to which item, and what was passed over on the way.

    ``closes`` where groups deeper than that are open; ``again`` where it is the item that was there before.
    """

    depth: int
    closes: bool
    opens: bool
    repeat: int
    again: bool
    missing: tuple[str, ...]
    state: "State"


@dataclass(slots=True)
class State:
    """A position in the message definition: the index of the current item, level by level."""

    path: tuple[int, ...]
    steps: dict[str, "Step | None"] = field(default_factory=dict)


class Definition:
    """A message definition with the steps worked out so far; they are the same for every message of the type."""

    def __init__(self, slots: tuple[Slot, ...]) -> None:
        self.slots = slots
        self._states: dict[tuple[int, ...], State] = {}

    def state(self, path: tuple[int, ...]) -> State:
        return self._states.setdefault(path, State(path))

    def step(self, state: State, tag: str) -> Step | None:
        """The step from here for this tag; None where the tag has no place from here on."""
        if tag not in state.steps:
            state.steps[tag] = self._work_out(state, tag)
        return state.steps[tag]

    def _levels(self, path: tuple[int, ...]) -> list[tuple[Slot, ...]]:
        levels = [self.slots]
        for index in path[:-1]:
            slot = levels[-1][index]
            assert isinstance(slot, GroupSlot)
            levels.append(slot.items)
        return levels

    def _work_out(self, state: State, tag: str) -> Step | None:
        levels = self._levels(state.path)
        missing: list[str] = []
        for depth in range(len(state.path) - 1, -1, -1):
            items, current = levels[depth], state.path[depth]
            for index in range(current, len(items)):
                slot = items[index]
                if slot.tag == tag and not (index == 0 and depth > 0):
                    passed = missing + [_name(one) for one in items[current + 1 : index] if one.mandatory]
                    opens = isinstance(slot, GroupSlot)
                    path = (*state.path[:depth], index, *((0,) if opens else ()))
                    again = index == current
                    closes = depth < len(state.path) - 1
                    return Step(depth, closes, opens, slot.repeat, again, tuple(passed), self.state(path))
            missing += [_name(one) for one in items[current + 1 :] if one.mandatory]
        return None

    def unfinished(self, state: State) -> list[str]:
        """Mandatory items that still lack when the message ends in this state."""
        levels = self._levels(state.path)
        return [
            _name(one)
            for depth in range(len(state.path) - 1, -1, -1)
            for one in levels[depth][state.path[depth] + 1 :]
            if one.mandatory
        ]


def _name(slot: Slot) -> str:
    return f"{slot.name} ({slot.tag})" if isinstance(slot, GroupSlot) else slot.tag


@cache
def definition_of(version: str, message_type: str) -> Definition | None:
    slots = directory(version).messages.get(message_type)
    return None if slots is None else Definition(slots)
