"""Whatever is done to a file, it is taken whole or refused in words; never a defect."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiceng.core.refusals import Invalid
from jiceng.documents.checking import check
from tests.documents.makers import PDF, docx, photograph, xlsx

WHOLE = {
    "a.pdf": PDF,
    "a.jpg": photograph(),
    "a.png": photograph("PNG"),
    "a.docx": docx(),
    "a.xlsx": xlsx(),
    "a.txt": "签到表\n".encode() * 20,
    "a.csv": "姓名,户\n张三,1\n".encode("gbk") * 9,
}

cuts = st.tuples(st.just("cut"), st.floats(0, 1), st.integers(0, 400))
writes = st.tuples(st.just("write"), st.floats(0, 1), st.binary(min_size=1, max_size=12))
doubles = st.tuples(st.just("double"), st.floats(0, 1), st.integers(0, 400))
hangs = st.tuples(st.just("hang"), st.floats(0, 1), st.binary(max_size=200))


def spoil(body, acts):
    for act, where, what in acts:
        at = int(where * len(body))
        if act == "cut":
            body = body[:at] + body[at + what :]
        elif act == "write":
            body = body[:at] + what + body[at + len(what) :]
        elif act == "double":
            body = body[: at + what] + body[at:]
        else:
            body += what
    return body


def taken(body, name):
    """Return the media type, or None where the file was refused with a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(body)
        try:
            return check(path, name)
        except Invalid:
            return None


@pytest.mark.parametrize("name", WHOLE)
def test_takes_the_whole_file(name):
    assert taken(WHOLE[name], name)


@settings(max_examples=400, deadline=None)
@given(
    name=st.sampled_from(sorted(WHOLE)),
    acts=st.lists(st.one_of(cuts, writes, doubles, hangs), min_size=1, max_size=4),
)
def test_a_spoiled_file_is_taken_or_refused_in_words(name, acts):
    taken(spoil(WHOLE[name], acts), name)


@settings(max_examples=200, deadline=None)
@given(body=st.binary(max_size=300), name=st.sampled_from(sorted(WHOLE)), start=st.booleans())
def test_bytes_without_any_order_are_taken_or_refused_in_words(body, name, start):
    taken(WHOLE[name][:20] + body if start else body, name)


@settings(max_examples=100, deadline=None)
@given(name=st.text(max_size=20))
def test_any_name_is_answered(name):
    taken(PDF, name)


@settings(max_examples=60, deadline=None)
@given(acts=st.lists(st.one_of(writes, cuts, hangs), min_size=1, max_size=3))
def test_a_photograph_that_is_taken_says_nothing_of_place_or_device(acts):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(spoil(photograph(), acts))
        try:
            check(path, "a.jpg")
        except Invalid:
            return
        assert b"telephones" not in path.read_bytes()
