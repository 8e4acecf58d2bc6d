"""What is said about each row of a sender's table, the same in the annotated workbook and in the annotated CSV."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from orders.checked import CheckedLine, CheckedOrder
from orders.decision import Decision
from orders.findings import Candidates, Finding, Outcome, Severity
from orders.findings.prices import PriceDiffers
from orders.location import CellLocation
from parsers.tables.table import Row, Table
from replies.answer import Answer
from replies.wording.language import Language


class Status(StrEnum):
    """What the status column says. A row that is neither a line nor named by a finding has none."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    CHANGED = "changed"
    HELD = "held"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    NOTE = "note"
    NONE = ""

    def word(self, language: Language) -> str:
        """The word in the column."""
        return language.say(f"line.{self.value}") if self.value else ""


_OF_DECISION = {
    Decision.ACCEPTED: Status.ACCEPTED,
    Decision.CHANGED: Status.CHANGED,
    Decision.HELD: Status.HELD,
    Decision.REJECTED: Status.REJECTED,
    Decision.DUPLICATE: Status.DUPLICATE,
    Decision.QUARANTINED: Status.HELD,
}
_GOING = (Decision.ACCEPTED, Decision.CHANGED)
_OF_SEVERITY = {
    Severity.INFO: Status.NOTE,
    Severity.WARNING: Status.NOTE,
    Severity.HOLD: Status.HELD,
    Severity.REJECT: Status.REJECTED,
}


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What is said about one row, worst finding first; ``used`` is what we go on with, None while nothing is sure.

    ``instead`` stands where a line shares the lot of its order and has no finding of its own.
    """

    status: Status
    findings: tuple[Finding, ...] = ()
    used: str | None = None
    instead: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.code for one in self.findings))

    @property
    def told_codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.code for one in self.told))

    @property
    def told(self) -> tuple[Finding, ...]:
        """The findings that are about what was ordered, without the notes on how a value was read."""
        return tuple(one for one in self.findings if not is_note(one))

    def candidates(self, language: Language) -> tuple[str, ...]:
        """What could stand in the wrong cells instead."""
        return tuple(dict.fromkeys(one for each in self.told for one in candidates_of(each, language)))

    def sent(self, language: Language) -> tuple[str, ...]:
        """What was sent, of which these findings are."""
        return tuple(dict.fromkeys(_sent(one, language) for one in self.told if one.before is not None))


def row_answers(answer: Answer, table: Table) -> dict[int, RowAnswer]:
    """By row number, for every row of the table that is an order line or has a finding."""
    lines = answer.lines_of(table)
    found: dict[int, list[Finding]] = {}
    row_of = _Rows(table, lines)
    for one in answer.findings:
        row = row_of.named_by(one)
        if row is not None and not says_nothing(one, answer.language):
            found.setdefault(row, []).append(one)
    statuses = [line_statuses(order) for order in answer.orders]
    answers: dict[int, RowAnswer] = {}
    for number in sorted({*lines, *found}):
        at = lines.get(number)
        told = tuple(sorted(found.get(number, []), key=lambda one: (is_note(one), -one.severity.rank)))
        if at is None:
            answers[number] = _beside_the_lines(told)
        else:
            order, line = at
            checked, status = answer.orders[order - 1].lines[line - 1], statuses[order - 1][line - 1]
            answers[number] = _line_answer(checked, status, told, answer.language)
    return answers


def line_statuses(order: CheckedOrder) -> list[Status]:
    """The status of every line; what is right waits while a person has to look at anything of the order."""
    delivers = bool(order.deliverable)
    return [
        Status.WAITING if line.decision in _GOING and not delivers else _OF_DECISION[line.decision]
        for line in order.lines
    ]


def unplaced(answer: Answer) -> tuple[Finding, ...]:
    """The findings that name no row of any answered table: those of the file, of an envelope, of a whole order."""
    tables = [_Rows(table, answer.lines_of(table)) for table in answer.answered_tables()]
    return tuple(one for one in answer.findings if all(rows.named_by(one) is None for rows in tables))


def header_row(answer: Answer, table: Table) -> Row | None:
    """The row with the sender's column names: the fullest above the first line."""
    first = min(answer.lines_of(table), default=None)
    above = [row for row in table.rows if row.cells and (first is None or row.number < first)]
    # A form has rows above the first line that ask for nothing; none of them is fuller than its header.
    return max(above, key=lambda row: len(row.cells), default=None)


def is_note(finding: Finding) -> bool:
    """Whether it only says how something was read, and asks nothing of anybody."""
    return finding.severity is Severity.INFO and finding.kind.note


def says_nothing(finding: Finding, language: Language) -> bool:
    """Whether it is a note of how a value was read that the sender wrote just as the language writes it."""
    if not is_note(finding) or finding.before is None or finding.after is None:
        return False
    return finding.before in (_as_number(finding.after, language), _as_day(finding.after, language))


def _as_number(text: str, language: Language) -> str | None:
    try:
        return language.number(Decimal(text))
    except ArithmeticError:
        return None


def _as_day(text: str, language: Language) -> str | None:
    try:
        return language.day(date.fromisoformat(text))
    except ValueError:
        return None


def status_of_decision(decision: Decision) -> Status:
    """The status of a whole order or file."""
    return _OF_DECISION[decision]


def status_of(finding: Finding) -> Status:
    """The status of a finding that stands in no order line."""
    return _OF_SEVERITY[finding.severity]


def candidates_of(finding: Finding, language: Language) -> tuple[str, ...]:
    """The candidates of a finding, numbers as they are written in the language."""
    if finding.kind.candidates is Candidates.TEXTS:
        return finding.candidates
    return tuple(language.number(Decimal(one)) for one in finding.candidates)


class _Rows:
    """The rows of one table, to tell which of them a finding names."""

    def __init__(self, table: Table, lines: dict[int, tuple[int, int]]) -> None:
        self._sheet = table.sheet
        self._numbers = {row.number for row in table.rows if row.cells}
        self._row_of = {place: row for row, place in lines.items()}

    def named_by(self, finding: Finding) -> int | None:
        place = finding.location
        if isinstance(place, CellLocation):
            return place.row if place.sheet == self._sheet and place.row in self._numbers else None
        if finding.order is None or finding.line is None:
            return None
        return self._row_of.get((finding.order, finding.line))


def _sent(finding: Finding, language: Language) -> str:
    """The text as sent; a price as the language writes it, with the units that it is for."""
    if isinstance(finding.params, PriceDiffers):
        return language.price(finding.params.price)
    return finding.before or ""


def _beside_the_lines(told: tuple[Finding, ...]) -> RowAnswer:
    skipped = any(one.kind.outcome is Outcome.SKIP and one.kind.scope == "line" for one in told)
    return RowAnswer(Status.SKIPPED if skipped else status_of(told[0]), told)


def _line_answer(line: CheckedLine, status: Status, told: tuple[Finding, ...], language: Language) -> RowAnswer:
    if line.decision in _GOING:
        return RowAnswer(status, told, _used(line, language))
    judged_alone = any(not is_note(one) for one in told)
    return RowAnswer(status, told, instead="" if judged_alone else language.say(f"whole.{status.value}"))


def _used(line: CheckedLine, language: Language) -> str | None:
    """The line as confirmed, in one phrase; a unit stands there as its code, which is in no language."""
    if line.quantity is None:
        return None
    words = [" ".join(one for one in (language.number(line.quantity), line.unit, line.item) if one)]
    price = line.price
    if price is not None:
        unit = price.unit if price.basis == 1 else f"{language.number(price.basis)} {price.unit}"
        words.append(language.say("used.per", price=f"{language.number(price.price)} {price.currency}", unit=unit))
    if line.requested_date is not None:
        words.append(language.day(line.requested_date))
    return "; ".join(words)
