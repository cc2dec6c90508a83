"""Changing delegations and motions."""

from jiceng.decisions.operations.delegating import Mandate, delegate, end_delegation
from jiceng.decisions.operations.proposing import Proposal, propose, redirect, restart

__all__ = ["Mandate", "Proposal", "delegate", "end_delegation", "propose", "redirect", "restart"]
