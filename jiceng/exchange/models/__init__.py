"""Files in and out, and the review of editions of the divisions."""

from jiceng.exchange.models.editions import Edition, EditionPlace, EditionStep, Fate, FateHeir

__all__ = ["Edition", "EditionPlace", "EditionStep", "Fate", "FateHeir"]
