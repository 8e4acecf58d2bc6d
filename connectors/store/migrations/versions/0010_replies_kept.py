"""Replies that were made, and what they are made of"""

import sqlalchemy as sa
from alembic import op

from connectors.store.columns import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ORDERS = ("purchase_order", "repeated_order")


def upgrade() -> None:
    op.create_table(
        "received_interchange",
        sa.Column("receipt_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("syntax_report", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name="fk_received_interchange_receipt_id"),
        sa.PrimaryKeyConstraint("receipt_id", "number", name="pk_received_interchange"),
    )
    op.create_table(
        "reply",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_reply_outbox_id"),
        sa.PrimaryKeyConstraint("outbox_id", "position", name="pk_reply"),
    )
    # Not as a batch: SQLite would copy the whole table, and every document in it. Rows of an earlier build have
    # neither; whoever answers them reads the file that they came in once more.
    for table in _ORDERS:
        op.add_column(table, sa.Column("interchange", sa.Integer(), nullable=True))
        op.add_column(table, sa.Column("message", sa.Text(), nullable=True))


def downgrade() -> None:
    for table in _ORDERS:
        op.drop_column(table, "message")
        op.drop_column(table, "interchange")
    op.drop_table("reply")
    op.drop_table("received_interchange")
