"""Files in and out, and the review of editions of the divisions."""

from jiceng.exchange.models.editions import Edition, EditionPlace, EditionStep, Fate, FateHeir
from jiceng.exchange.models.imports import Import, JournalChange, JournalPart

__all__ = [
    "Edition",
    "EditionPlace",
    "EditionStep",
    "Fate",
    "FateHeir",
    "Import",
    "JournalChange",
    "JournalPart",
]
