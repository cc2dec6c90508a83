"""Changing delegations and motions."""

from jiceng.decisions.operations.delegating import Grant, delegate, end_delegation
from jiceng.decisions.operations.proposing import Proposal, propose, redirect, restart

__all__ = ["Grant", "Proposal", "delegate", "end_delegation", "propose", "redirect", "restart"]
