"""All tables. Rows are not the domain: rules live in frozen values, rows are written by `store.py` and nobody else.

The tables say what must never break, whatever the code does: one open round of a phase, one stance of a seat in a
round, each sequence number once, each effect once, nothing across municipalities, and a record that is only added to.
"""

from models.storage import tables_outside, tables_process, tables_record, tables_signing_in, tables_work
from models.storage.table_kinds import METADATA

__all__ = ["METADATA", "tables_outside", "tables_process", "tables_record", "tables_signing_in", "tables_work"]
