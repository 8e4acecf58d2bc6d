"""What is said about a file, in one list: first about the whole of it, then about rows, the gravest first."""

from dataclasses import dataclass

from orders.findings import Finding
from replies.answer import Answer
from replies.row_answers import Status, is_note, row_answers, status_of, unplaced
from replies.wording.language import Language


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding with the status of the row that it names, if any."""

    finding: Finding
    status: Status
    row: int | None = None

    @property
    def of_row(self) -> bool:
        return self.row is not None

    def where(self, language: Language) -> str:
        """The place in words."""
        one = self.finding
        if self.row is None:
            return language.say("where.order" if one.order else "where.file")
        return language.say("where.row" if one.line or not one.order else "where.order_row", row=self.row)


def remarks(answer: Answer) -> list[Remark]:
    """All that asks something of somebody; notes on how a value was read are left out."""
    whole = [Remark(one, status_of(one)) for one in unplaced(answer)]
    placed = [
        Remark(one, said.status, number)
        for table in answer.answered_tables()
        for number, said in row_answers(answer, table).items()
        for one in said.told
    ]
    placed.sort(key=lambda remark: -remark.finding.severity.rank)
    return [remark for remark in (*whole, *placed) if not is_note(remark.finding)]
