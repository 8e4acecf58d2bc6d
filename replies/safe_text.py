"""Text that a spreadsheet program must never take for a formula, written so that it cannot (OWASP, CSV injection)."""

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold (ECMA-376)."""


def not_a_formula(text: str) -> str:
    """The text with an apostrophe before it where a program could run it as a formula; all other text unchanged."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def cell_text(text: str) -> str:
    """Text for a cell of a workbook: no formula, no character that XML does not have, and not too long."""
    shown = "".join(one if _in_xml(one) else "\N{REPLACEMENT CHARACTER}" for one in text.replace("\r\n", "\n"))
    safe = not_a_formula(shown)
    return safe if len(safe) <= _LONGEST_CELL else f"{safe[: _LONGEST_CELL - 1]}…"


def _in_xml(character: str) -> bool:
    code = ord(character)
    if code < 0x20:
        return character in "\t\n\r"
    return not (0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))
