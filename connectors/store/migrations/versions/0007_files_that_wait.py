"""Files that wait for a partner file to be mended"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waits_for", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("waits_with", sa.String(length=12), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_column("waits_with")
        batch_op.drop_column("waits_for")
