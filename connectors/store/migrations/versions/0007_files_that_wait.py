"""Files that wait for a partner file to be mended"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not as a batch: SQLite would copy the whole table, to which others refer.
    op.add_column("receipt", sa.Column("waits_for", sa.Text(), nullable=True))
    op.add_column("receipt", sa.Column("waits_with", sa.String(length=12), nullable=True))


def downgrade() -> None:
    op.drop_column("receipt", "waits_with")
    op.drop_column("receipt", "waits_for")
