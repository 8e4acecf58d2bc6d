"""The tables of the order store. A change here goes with a migration; a test compares the two."""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from connectors.store.columns import Exact, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

receipt = Table(
    "receipt",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("inbox", String(64), nullable=False),
    Column("named_customer", String(64)),
    Column("received_at", Moment, nullable=False, index=True),
    Column("as_of", Date, nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("format", String(16)),
    Column("customer", String(64), index=True),
    Column("decision", String(16)),
    Column("waits_for", Text),
    Column("waits_with", String(12)),
    Column("orders_done", Integer, nullable=False, default=0),
    Column("lines_read", Integer, nullable=False, default=0),
    Column("lines_accepted", Integer, nullable=False, default=0),
    Column("lines_changed", Integer, nullable=False, default=0),
    Column("lines_held", Integer, nullable=False, default=0),
    Column("lines_rejected", Integer, nullable=False, default=0),
    Column("lines_skipped", Integer, nullable=False, default=0),
    Column("value", Exact),
    Column("currency", String(3)),
    Column("versions", Text),
    Column("decided_at", Moment),
    Index("ix_receipt_sha256_customer_received_at", "sha256", "customer", "received_at"),
)

purchase_order = Table(
    "purchase_order",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("receipt_id", ForeignKey("receipt.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("customer", String(64)),
    Column("po_number", Text),
    Column("number_key", Text),
    Column("revision", Integer, nullable=False),
    Column("content", String(64), nullable=False),
    Column("order_date", Date),
    Column("requested_date", Date),
    Column("ship_to", String(64)),
    Column("currency", String(3)),
    Column("value", Exact),
    Column("decision", String(16), nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("interchange", Integer),
    Column("message", Text),
    UniqueConstraint("customer", "number_key", "revision"),
    UniqueConstraint("receipt_id", "position"),
)
"""One row a revision of an order; ``document`` is the whole checked order, from which ERP and replies are served.

An order that came as a message has the number of its ``interchange``, and the header of the ``message``.
"""

order_line = Table(
    "order_line",
    metadata,
    Column("order_id", ForeignKey("purchase_order.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("item", Text),
    Column("buyer_item", Text),
    Column("gtin", Text),
    Column("quantity", Exact),
    Column("unit", Text),
    Column("unit_price", Exact),
    Column("contract_price", Exact),
    Column("amount", Exact),
    Column("requested_date", Date),
    Column("decision", String(16), nullable=False),
)

repeated_order = Table(
    "repeated_order",
    metadata,
    Column("receipt_id", ForeignKey("receipt.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("customer", String(64), nullable=False),
    Column("number_key", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("interchange", Integer),
    Column("message", Text),
)
"""An order that was received again with the same content: it is answered from the one that was entered."""

interchange = Table(
    "interchange",
    metadata,
    Column("receipt_id", ForeignKey("receipt.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("customer", String(64), nullable=False),
    Column("sender", String(70), nullable=False),
    Column("reference", String(70), nullable=False),
    Column("received_at", Moment, nullable=False),
    Index("ix_interchange_known_by", "customer", "sender", "reference", "received_at"),
)
"""An interchange that was received: its sender and control reference (UNB 0004, 0020), to know them again.

The moment is that of its receipt. It stands here so that the first of many is found without looking at all of them:
some senders use one reference for ever.
"""

received_interchange = Table(
    "received_interchange",
    metadata,
    Column("receipt_id", ForeignKey("receipt.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("header", Text, nullable=False),
    Column("syntax_report", String(64)),
)
"""Every interchange of a file: its header, which answers repeat, and the hash of its syntax report in the archive.

It has a report when it has been read whole. By which it is known again stands in ``interchange``.
"""

parked_change = Table(
    "parked_change",
    metadata,
    Column("order_id", ForeignKey("purchase_order.id"), primary_key=True),
    Column("customer", String(64), nullable=False),
    Column("number_key", Text, nullable=False),
    Index("ix_parked_change_customer_number_key", "customer", "number_key"),
)
"""A change that came before its order. Whoever takes its row out takes it up: so it is taken up once."""

finding = Table(
    "finding",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("receipt_id", ForeignKey("receipt.id"), nullable=False),
    Column("order_position", Integer),
    Column("line", Integer),
    Column("code", String(6), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("document", Text, nullable=False),
    Index("ix_finding_receipt_id_order_position", "receipt_id", "order_position"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(8), nullable=False),
    Column("receipt_id", ForeignKey("receipt.id"), nullable=False),
    Column("customer", String(64)),
    Column("answer", String(16)),
    Column("act", String(8)),
    Column("erp_order", String(200)),
    Column("sequence", Integer),
    Column("order_id", ForeignKey("purchase_order.id")),
    Column("first_position", Integer),
    Column("last_position", Integer),
    Column("control_reference", Integer),
    Column("status", String(8), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("due_at", Moment, nullable=False),
    Column("problem", Text),
    Column("reference", Text),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
    Index("ix_outbox_status_due_at", "status", "due_at"),
    Index("ix_outbox_receipt_id_answer", "receipt_id", "answer"),
    UniqueConstraint("erp_order", "sequence"),
)
"""Work for the ERP has its ``act``, the order there that it is about (``erp_order``, the key that creates it), and its
place in the sequence of acts on that order; each waits until those before it are done."""

reply = Table(
    "reply",
    metadata,
    Column("outbox_id", ForeignKey("outbox.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text),
    Column("sha256", String(64)),
    Column("size", Integer),
    Column("made_at", Moment, nullable=False),
)
"""The documents of a reply that was made, in the sequence in which they are sent; their bytes are in the archive.

One row without a name says that there is nothing to tell. What stands here is never made again.
"""

control_reference = Table(
    "control_reference",
    metadata,
    Column("partner", String(64), primary_key=True),
    Column("last", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False, index=True),
    Column("actor", String(64), nullable=False),
    Column("action", String(32), nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("detail", Text),
)
"""Who did what, appended and never changed."""
