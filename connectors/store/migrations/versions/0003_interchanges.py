"""Interchanges that were received"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interchange",
        sa.Column("receipt_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("customer", sa.String(length=64), nullable=False),
        sa.Column("sender", sa.String(length=70), nullable=False),
        sa.Column("reference", sa.String(length=70), nullable=False),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_interchange_receipt_id")),
        sa.PrimaryKeyConstraint("receipt_id", "number", name=op.f("pk_interchange")),
    )
    with op.batch_alter_table("interchange", schema=None) as batch_op:
        batch_op.create_index(
            "ix_interchange_customer_sender_reference", ["customer", "sender", "reference"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("interchange", schema=None) as batch_op:
        batch_op.drop_index("ix_interchange_customer_sender_reference")

    op.drop_table("interchange")
