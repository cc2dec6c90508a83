"""Everything that is done with documents: one function, one transaction, one entry."""

from jiceng.documents.operations.erasing import erase, erase_withdrawn, hold
from jiceng.documents.operations.keeping import Checked, checked, keep, keep_checked, withdraw
from jiceng.documents.operations.opening import open_document, open_documents

__all__ = [
    "Checked",
    "checked",
    "erase",
    "erase_withdrawn",
    "hold",
    "keep",
    "keep_checked",
    "open_document",
    "open_documents",
    "withdraw",
]
