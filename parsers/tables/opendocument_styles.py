"""Number formats of OpenDocument sheets (ISO/IEC 26300), in the words in which other workbooks name them."""

from dataclasses import dataclass, field

from parsers.tables.table import GENERAL

_DATA_STYLES = (
    "number-style", "currency-style", "percentage-style", "date-style", "time-style", "text-style", "boolean-style",
)  # fmt: skip
_LETTERS = {
    "day": "d", "month": "m", "year": "y", "hours": "h", "minutes": "m", "seconds": "s", "day-of-week": "ddd",
    "am-pm": "AM/PM",
}  # fmt: skip


@dataclass(slots=True)
class Styles:
    """What the styles of a document say about cells and sheets; takes the events of its XML."""

    formats: dict[str, str] = field(default_factory=dict)
    """The number format of each data style."""
    data_style: dict[str, str] = field(default_factory=dict)
    """The data style of each cell style."""
    parents: dict[str, str] = field(default_factory=dict)
    hidden_sheets: set[str] = field(default_factory=set)
    _name: str = ""
    _parts: list[str] | None = None

    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = attributes.get("name", "")
        if element in _DATA_STYLES:
            self._name, self._parts = name, ["@"] if element == "text-style" else []
        elif element == "style":
            self._name = name
            if "data-style-name" in attributes:
                self.data_style[name] = attributes["data-style-name"]
            if "parent-style-name" in attributes:
                self.parents[name] = attributes["parent-style-name"]
        elif element == "table-properties" and attributes.get("display") == "false":
            self.hidden_sheets.add(self._name)
        elif self._parts is not None:
            self._parts.append(_part(element, attributes))

    def end(self, element: str) -> None:
        if element in _DATA_STYLES and self._parts is not None:
            self.formats[self._name] = "".join(self._parts) or GENERAL
            self._parts = None

    def text(self, text: str) -> None:
        if self._parts is not None and text.strip():
            self._parts.append("%" if text == "%" else f'"{text}"')

    def number_format(self, style: str) -> str:
        """The number format of a cell style, its own or one that it inherits."""
        for _ in range(8):
            if style in self.data_style:
                return self.formats.get(self.data_style[style], GENERAL)
            style = self.parents.get(style, "")
        return GENERAL


def _part(element: str, attributes: dict[str, str]) -> str:
    if element in _LETTERS:
        letter = _LETTERS[element]
        if element == "year":
            return letter * (4 if attributes.get("style") == "long" else 2)
        return letter * 2 if attributes.get("style") == "long" and len(letter) == 1 else letter
    if element == "scientific-number":
        return "0.00E+00"
    if element != "number" or "decimal-places" not in attributes:
        return GENERAL if element == "number" and _digits(attributes) < 2 else "0" * _digits(attributes, element)
    places = min(int(attributes["decimal-places"] or 0), 30)
    whole = "#,##0" if attributes.get("grouping") == "true" else "0" * max(1, _digits(attributes))
    return f"{whole}.{'0' * places}" if places else whole


def _digits(attributes: dict[str, str], element: str = "number") -> int:
    return min(int(attributes.get("min-integer-digits") or 0), 40) if element == "number" else 0
