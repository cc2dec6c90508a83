"""Tables out of files that people send: one line at a time, whatever the size of the file."""

from jiceng.exchange.readers.opening import open_table
from jiceng.exchange.readers.refusals import UnreadableFile
from jiceng.exchange.readers.tables import Fault, Limits, Line, Table

__all__ = ["Fault", "Limits", "Line", "Table", "UnreadableFile", "open_table"]
