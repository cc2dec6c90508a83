"""Every procedure shipped here is without fault, and every rule it names exists."""

import pytest

from jiceng.decisions.catalogue import power_list, shipped
from jiceng.decisions.directing import _BY_COURSE, _PROCEDURES
from jiceng.procedures import catalogue
from jiceng.rules import shipped as rules

OURS = [
    "assembly_convened",
    "collective_assembly",
    "collective_outsiders",
    "collective_representatives",
    "disclosure",
    "five_deliberations",
    "four_deliberations",
    "four_deliberations_reviewed",
    "interpellation",
    "members_decide",
    "plain_item",
]


def _procedure(code):
    return catalogue.latest(code).procedure


@pytest.mark.parametrize("code", OURS)
def test_is_without_fault(code):
    assert catalogue.faults_of(_procedure(code)) == []


@pytest.mark.parametrize("code", OURS)
def test_names_only_rules_that_exist(code):
    known = set(rules.matters())

    named = {key for step in _procedure(code).steps for key in step.rules()}

    assert named - known == set()


def test_a_step_says_which_rules_bind_it():
    steps = _procedure("five_deliberations")

    assert steps.step("call_assembly").rules() == ["village_assembly.notice"]
    assert steps.step("assembly").rules() == [
        "village_assembly.quorum_adults",
        "village_assembly.quorum_households",
    ]
    assert steps.step("members").rules() == ["party_meeting.quorum", "party_meeting.local_quorum"]
    assert _procedure("interpellation").step("answer").rules() == ["inquiry.answer"]


def test_every_rule_that_bodies_and_matters_name_exists():
    known = set(rules.matters())
    bodies = {key for body in shipped().bodies.values() for key in body.rules}
    matters = {matter.passes for matter in shipped().matters.values() if matter.passes}
    items = {item.notice for item in power_list().items if item.notice}

    assert (bodies | matters | items) - known == set()


def test_every_procedure_that_is_directed_to_is_shipped():
    named = {way.procedure for way in shipped().ways} | set(_BY_COURSE.values())
    named |= set(_PROCEDURES.values()) | {"four_deliberations_reviewed"}
    named |= {matter.procedure for matter in shipped().matters.values() if matter.procedure}
    named |= {item.procedure for item in power_list().items if item.procedure}

    assert named <= set(OURS)


@pytest.mark.parametrize("code", [code for code in OURS if "deliberations" in code])
def test_nobody_supervises_what_he_carried_out(code):
    check = _procedure(code).step("check_result")

    assert check.by == ("village.supervisor",)
    assert {"propose", "consult", "carry_out"} <= set(check.apart_from)


@pytest.mark.parametrize("code", ["collective_assembly", "collective_representatives"])
def test_a_collective_matter_begins_with_the_partys_discussion(code):
    assert _procedure(code).first.code == "discuss"
