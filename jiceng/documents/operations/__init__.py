"""Everything that is done with documents: one function, one transaction, one entry."""

from jiceng.documents.operations.erasing import erase, erase_withdrawn, hold
from jiceng.documents.operations.keeping import keep, withdraw
from jiceng.documents.operations.opening import open_document, open_documents

__all__ = [
    "erase",
    "erase_withdrawn",
    "hold",
    "keep",
    "open_document",
    "open_documents",
    "withdraw",
]
