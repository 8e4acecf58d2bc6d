"""Look-ups of a file's journey that do not grow with the store"""

import sqlalchemy as sa
from alembic import op

import connectors.store.columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_RECEIVED = "UPDATE interchange SET received_at = (SELECT received_at FROM receipt WHERE receipt.id = receipt_id)"


def upgrade() -> None:
    op.create_index("ix_outbox_receipt_id_answer", "outbox", ["receipt_id", "answer"], unique=False)
    op.drop_index("ix_finding_receipt_id", "finding")
    op.create_index("ix_finding_receipt_id_order_position", "finding", ["receipt_id", "order_position"], unique=False)
    op.drop_index("ix_receipt_sha256", "receipt")
    names = ["sha256", "customer", "received_at"]
    op.create_index("ix_receipt_sha256_customer_received_at", "receipt", names, unique=False)
    op.drop_index("ix_interchange_customer_sender_reference", "interchange")
    moment = connectors.store.columns.Moment(timezone=True)
    op.add_column("interchange", sa.Column("received_at", moment, nullable=True))
    op.execute(_RECEIVED)
    with op.batch_alter_table("interchange", schema=None) as batch_op:
        batch_op.alter_column("received_at", existing_type=moment, nullable=False)
        batch_op.create_index(
            "ix_interchange_known_by", ["customer", "sender", "reference", "received_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("interchange", schema=None) as batch_op:
        batch_op.drop_index("ix_interchange_known_by")
        batch_op.drop_column("received_at")
        batch_op.create_index(
            "ix_interchange_customer_sender_reference", ["customer", "sender", "reference"], unique=False
        )

    op.drop_index("ix_receipt_sha256_customer_received_at", "receipt")
    op.create_index("ix_receipt_sha256", "receipt", ["sha256"], unique=False)
    op.drop_index("ix_finding_receipt_id_order_position", "finding")
    op.create_index("ix_finding_receipt_id", "finding", ["receipt_id"], unique=False)
    op.drop_index("ix_outbox_receipt_id_answer", "outbox")
