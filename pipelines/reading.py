"""Parse and map a recognised file: one purchase order a message or sheet, each with its places and findings."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mappings.edifact_orders import map_orders
from mappings.edifact_tables import STANDARD, Tables
from mappings.layout_finder import propose, unconfirmed
from mappings.mapped import MappedOrder
from mappings.table_orders import map_tables
from orders.findings import Finding, finding
from orders.reference import Agreement
from parsers.edifact.interchange import Interchange
from parsers.edifact.reader import Message, messages
from parsers.edifact.syntax import checked_tree
from parsers.formats import Format
from parsers.limits import DEFAULT, Limits
from parsers.tables.files import read_tables
from parsers.tables.table import TableFile
from pipelines.recognising import Recognised

ORDER_MESSAGES = ("ORDERS", "ORDCHG")
"""Message types that are orders, or changes of them."""


@dataclass(slots=True)
class Reading:
    """Reads a file while its orders are taken from ``orders()``; ``findings`` are complete when they all were taken."""

    recognised: Recognised
    agreement: Agreement | None = None
    """What is agreed with the sender: the layout finder compares a table never seen with it."""
    limits: Limits = DEFAULT
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.findings.extend(self.recognised.findings)

    def orders(self) -> Iterator[MappedOrder]:
        """Every order of the file, one at a time."""
        if not self.recognised.readable:
            return
        if self.recognised.format is Format.EDIFACT:
            yield from self._edifact()
        else:
            yield from self._tables()

    def _edifact(self) -> Iterator[MappedOrder]:
        found = self.recognised.survey
        assert found is not None
        for interchange in found.interchanges:
            self.findings.extend(interchange.findings)
        partner, read = self.recognised.partner, 0
        tables = Tables(partner.edifact.reading) if partner else STANDARD
        with self.recognised.incoming.open() as stream:
            for message in messages(stream, found):
                read += 1
                mapped = self._message(message, tables)
                if mapped is not None:
                    yield mapped
        if read == 0:
            self.findings.append(finding("DOC009", "The file has no message, so there is no order in it."))

    def _message(self, message: Message, tables: Tables) -> MappedOrder | None:
        root = checked_tree(message) if message.type in ORDER_MESSAGES else None
        if root is None:
            words = f"A message of type {message.type or 'unknown'} is not handled here; send ORDERS or ORDCHG."
            place = message.segments[0].place(2, 1)
            self.findings.extend(message.findings)
            self.findings.append(finding("SYN023", words, location=place, before=message.type))
            return None
        mapped = map_orders(message, root, tables)
        mapped.findings = [*message.findings, *mapped.findings]
        mapped.around = _around(message.interchange, self.recognised)
        return mapped

    def _tables(self) -> Iterator[MappedOrder]:
        partner = self.recognised.partner
        tables = self.read_tables()
        self.findings.extend(tables.findings)
        if not tables.tables:
            return
        layout = partner.layout if partner else None
        if layout is None:
            proposal = propose(tables, self.agreement)
            self.findings.extend(proposal.findings)
            layout = proposal.layout
        else:
            self.findings.extend(unconfirmed(layout))
        if layout is None:
            return
        mapped = map_tables(tables, layout)
        self.findings.extend(mapped.findings)
        around = tuple(self.findings)
        for one in mapped.orders:
            one.around = around
            yield one

    def read_tables(self) -> TableFile:
        """The tables of a workbook or delimited file, as they are stored in it."""
        partner = self.recognised.partner
        content = self.recognised.incoming.content()
        layout = partner.layout if partner else None
        return read_tables(
            content,
            self.recognised.format,
            self.limits,
            layout.encoding if layout else None,
            layout.delimiter if layout else None,
        )


def _around(interchange: Interchange, recognised: Recognised) -> tuple[Finding, ...]:
    return (*recognised.findings, *interchange.findings)
