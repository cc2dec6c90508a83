"""What each page costs in statements: recorded in budgets.yaml, and the same when the data grow."""

import random
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.addresses import OFFICER, READERS, pages
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.demo.build import build
from jiceng.demo.city import START
from jiceng.registry.models import TwoNewOrg, Unit
from jiceng.registry.models.units import Kind, Level, Tree
from jiceng.registry.operations import (
    Founding,
    PersonRow,
    PostRow,
    TwoNewRow,
    appoint,
    found_units,
    record_people,
    record_two_new_orgs,
)
from tests.house.sources import routes

BUDGETS = yaml.safe_load((Path(__file__).parent / "budgets.yaml").read_text(encoding="utf-8"))
DONGTOU = "330305"
ASKED = 6  # addresses of each page
MORE = 150

# Addresses that are only posted to, lead on, answer with a file, or stand before the log-in.
NO_PAGES = """
    case_bundle case_dossier log_in log_out first_password reset_accounts unlock_accounts withdraw draw_up_hand_over
    confirm_hand_over document figures_start audit_export edition_answer edition_answers edition_effect
    edition_settle edition_sure edition_undo export motion_restart import_apply import_decide import_faulty
    import_resume import_template import_undo import_withdraw programme_belt_built
    programme_belt_withdraw programme_export programme_judge rules_export settle_left
    notice_pdf notice_release_view notice_return portal.notice_pick
    portal.order_add portal.order_board_data portal.order_ground portal.order_judge portal.order_near portal.order_photo
    portal.order_pick portal.order_pick_any portal.order_withdraw
    leave_here my_claim_reveal offer_answer portal.wish_say register_here wish_reveal
    order_contact order_reissue orders_export orders_several
"""
# Pages of what the demonstration city does not have; their own tests count their statements.
NOTHING_TO_SHOW = """
    body case_extend case_whole_bundle complaint delegation_end document_add document_erase document_hold document_open document_withdraw edition_town
    end_body end_seat figure_corrections hand_over import import_progress motion_redirect
    notice_correct notice_draft notice_edit notice_new notice_objection notice_objection_new
    notice_post notice_release notice_take_down notice_withdraw portal.notice_object
    order_task
    programme_area_units programme_correct programme_cost_correction programme_rows rule_end
    portal.order_board portal.order_entry portal.order_statistics
"""


@pytest.fixture
def county(db):
    """The smallest county of the demonstration city."""
    build(seed=2017, county=DONGTOU, at=clock.now(), say=lambda line: None)


def grow():
    """Found many more villages, organisations and enterprises, and appoint someone everywhere."""
    done = {"by": "system", "at": clock.now()}
    town = Unit.objects.filter(tree=Tree.DIVISION, level=Level.TOWN).earliest("pk").pk
    root = Unit.objects.filter(tree=Tree.ORGANISATION).earliest("pk").pk
    villages = [
        Founding(f"新{n}村委会", Kind.VILLAGE, Level.VILLAGE, f"9901{n:08d}", parent=town)
        for n in range(MORE)
    ]
    fresh = found_units(villages, tree=Tree.DIVISION, day=START, **done)
    branches = [
        Founding(f"新{n}支部", Kind.BRANCH, 4, parent=root, seat=village, domain="village")
        for n, village in enumerate(fresh)
    ]
    organisations = found_units(branches, tree=Tree.ORGANISATION, day=START, **done)
    people = record_people([PersonRow(f"新人{n}") for n in range(2 * MORE)], **done)
    places = zip(people, [*fresh, *organisations], strict=True)
    appoint([PostRow(one, unit, "village_clerk", START) for one, unit in places], **done)
    kind = TwoNewOrg.Kind.values[0]
    rows = [TwoNewRow(f"新-{n}", f"新企业{n}", kind, fresh[n], START) for n in range(MORE)]
    record_two_new_orgs(rows, **done)


def costs():
    """Return the most statements that an address of each page takes when asked again."""
    clients = {who: Client() for who in {OFFICER, *READERS.values()}}
    for who, client in clients.items():
        client.force_login(
            User.objects.get(username=who), backend="jiceng.accounts.backends.AccountBackend"
        )
    return {
        name: max(cost(clients[READERS.get(name, OFFICER)], path) for path in paths[:ASKED])
        for name, paths in pages(random.Random(2017)).items()
        if paths
    }


def cost(client, path):
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    # PostgreSQL says its locks as statements; SQLite's one lock is taken with the transaction.
    return sum("pg_advisory" not in query["sql"] for query in captured)


def test_every_page_costs_what_is_recorded_however_many_rows_there_are(county):
    assert costs() == BUDGETS
    grow()
    assert costs() == BUDGETS


def test_every_page_has_a_budget():
    recorded = {name if name.startswith("portal.") else name.split(".")[0] for name in BUDGETS}
    known = recorded | {*NO_PAGES.split(), *NOTHING_TO_SHOW.split()}
    asked = {
        name.removeprefix("web:").replace(":", ".")
        for name, _path, _pattern in routes()
        if name.startswith(("web:", "portal:"))
    }
    assert asked - known == set()
    assert known - asked == set()
