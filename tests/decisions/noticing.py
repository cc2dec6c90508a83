"""The notices of a worked case: written, released, posted, objected to, by their own operations."""

from jiceng.notices import operations
from jiceng.notices.kinds import kinds
from jiceng.notices.models import Objection, Posting
from jiceng.notices.queries import notice_of
from tests.decisions.stage import DAY, moment, step_called

_PLAIN = {"line": "修机耕路", "text": "修机耕路三百米。"}
_ANSWERS = {"成立": "upheld", "部分成立": "partly", "不成立": "dismissed"}


class Notices:
    """The notices of the steps of one run."""

    def __init__(self, run):
        self.run = run

    def announce(self, row):
        """Write and release the notice of a step, and record that it was posted."""
        step, day = step_called(self.run.case, row["步骤"]), row.get("发布", row["日期"])
        notice = self._draft(step, day)
        notice = operations.release_notice(
            notice,
            decisions=[],
            seen=notice.version,
            by=self.run.person(row.get("审核", "书记")),
            at=moment(day, 10),
        )
        posted = row.get("张贴", row["日期"])
        if posted != "没有":
            self._post(notice, posted, row)

    def _draft(self, step, day):
        kind = kinds()[step.options["notice"]]
        return operations.draft_notice(
            kind=kind.code,
            unit=self.run.stage.village,
            title=f"{step.title}：修机耕路",
            body={field.code: _said(field, day) for field in kind.fields if field.required},
            subject=self.run.case.subject,
            step=step.code,
            by=self.run.person("文书"),
            at=moment(day),
        )

    def _post(self, notice, day, row):
        operations.record_posting(
            notice,
            board="村务公开栏",
            posted_on=day,
            posted_by="王文书",
            by=self.run.person("文书"),
            at=moment(max(day, row.get("登记", row["日期"])), 11),
        )

    def post_again(self, row):
        self._post(self._notice(row), row["日期"], row)

    def run_out(self, step, day):
        """Announce a step and wait; return the first day on which nothing is missing."""
        self.announce({"步骤": step.title, "日期": day})
        return notice_of(self.run.case.subject, step.code).ends_on + DAY

    def take_down(self, row):
        posting = Posting.objects.filter(notice=self._notice(row)).latest("pk")
        operations.record_taking_down(
            posting,
            taken_down_on=row["日期"],
            taken_down_by="王文书",
            by=self.run.person("文书"),
            at=moment(row["日期"], 12),
        )

    def object(self, row):
        """Take an objection: from the public, unless staff enters what was said or written."""
        how = {"网上": "portal", "口头": "oral", "书面": "paper"}[row.get("怎样", "网上")]
        received = operations.receive_objection(
            self._notice(row),
            text="路线绕远了。",
            how=how,
            received_on=row["日期"],
            by=None if how == "portal" else self.run.person("文书"),
            at=moment(row.get("登记", row["日期"]), 14),
        )
        if "答复期限" in row:
            assert received.due_on == row["答复期限"]
        assert received.late is (row.get("逾期") == "是")

    def answer(self, row):
        objection = Objection.objects.filter(notice=self._notice(row)).latest("pk")
        operations.answer_objection(
            objection,
            outcome=_ANSWERS[row.get("异议", "不成立")],
            answer="已经实地核对，按方案办。",
            by=self.run.person("文书"),
            at=moment(row["日期"], 15),
        )

    def _notice(self, row):
        return notice_of(self.run.case.subject, step_called(self.run.case, row["步骤"]).code)


def _said(field, day):
    if field.type == "choice":
        return field.choices[0]
    return day if field.type == "day" else _PLAIN[field.type]
