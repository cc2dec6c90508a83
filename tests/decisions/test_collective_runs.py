"""What a collective decides, counted against all its members, from first step to end."""

from jiceng.decisions.queries import at_any_time
from tests.decisions.running import (
    HELD,
    RESOLUTION,
    SHEET,
    Run,
    carry_out,
    put_forward,
)


def test_the_collectives_assembly_counts_two_thirds_of_all_members(village, people):
    run = Run(put_forward(village, people, "collective.26.11").case, people)
    discussed = {"organisation": "village", "minutes": "同意提交。", "decision": "submitted"}
    run.take("discuss", discussed)
    run.call("call_assembly", 10, collective_adults=1390)
    run.take("assembly", {"present": 1000, "proxies": 120, **HELD}, days=11)
    run.vote("assembly_vote", {**SHEET, "for": 927, "against": 50, "abstain": 23})
    run.publish("publish_resolution", **RESOLUTION)
    carry_out(run)

    assert run.case.outcome == "done"


def test_what_was_decided_waits_to_be_published_at_once(village, people):
    run = Run(put_forward(village, people, "collective.26.11").case, people)
    discussed = {"organisation": "village", "minutes": "同意提交。", "decision": "submitted"}
    run.take("discuss", discussed)
    run.call("call_assembly", 10, collective_adults=1390)
    run.take("assembly", {"present": 1000, "proxies": 0, **HELD}, days=11)
    assert at_any_time(village.number) == []
    run.vote("assembly_vote", {**SHEET, "for": 927, "against": 73, "abstain": 0})

    assert at_any_time(village.number) == [run.case]
    run.publish("publish_resolution", **RESOLUTION)
    assert at_any_time(village.number) == []


def test_one_vote_short_of_two_thirds_of_all_fails(village, people):
    run = Run(put_forward(village, people, "collective.26.11").case, people)
    discussed = {"organisation": "village", "minutes": "同意提交。", "decision": "submitted"}
    run.take("discuss", discussed)
    run.call("call_assembly", 10, collective_adults=1390)
    run.take("assembly", {"present": 927, "proxies": 0, **HELD}, days=11)
    run.vote("assembly_vote", {**SHEET, "for": 926, "against": 1, "abstain": 0})

    assert run.case.step == "assembly_failed"


def test_three_quarters_of_all_members_let_outsiders_share(village, people):
    run = Run(put_forward(village, people, "collective.15").case, people)
    assert run.case.procedure.code == "collective_outsiders"
    discussed = {"organisation": "village", "minutes": "同意提交。", "decision": "submitted"}
    run.take("discuss", discussed)
    run.call("call_assembly", 10, collective_adults=1390)
    run.take("assembly", {"present": 1100, "proxies": 120, **HELD}, days=11)
    run.vote("assembly_vote", {**SHEET, "for": 1042, "against": 50, "abstain": 8})  # 1042.5 wanted
    assert run.case.step == "assembly_failed"
    run.take("assembly_failed", {"decision": "again", "reason": "只差一票"})
    run.call("call_assembly", 10, collective_adults=1390)
    run.take("assembly", {"present": 1100, "proxies": 120, **HELD}, days=11)
    run.vote("assembly_vote", {**SHEET, "for": 1043, "against": 50, "abstain": 7})
    run.publish("publish_resolution", **RESOLUTION)
    carry_out(run)

    assert run.case.outcome == "done"


def test_the_party_may_keep_a_collective_matter_back(village, people):
    run = Run(put_forward(village, people, "collective.26.1").case, people)
    run.take("discuss", {"organisation": "town", "minutes": "再议。", "decision": "kept"})

    assert run.case.outcome == "kept"
