"""A version is published once and stays as it is."""

import datetime
import hashlib
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from jiceng.accounts.models import User
from jiceng.audit import operations as audit
from jiceng.core.locks import alone
from jiceng.procedures import catalogue
from jiceng.procedures.models import ProcedureVersion
from jiceng.procedures.reading import Unreadable, procedure_of
from jiceng.procedures.refusals import Changed, Faulty


@transaction.atomic
def publish_version(
    text: str, *, by: "User | str", at: datetime.datetime, key: uuid.UUID | None = None
) -> ProcedureVersion:
    """Keep a procedure word for word, so that cases can run on it; the same text twice is once.

    Raises:
        Faulty: it cannot be read or has faults, each named.
        Changed: this version was published with another text.
    """
    try:
        procedure = procedure_of(text)
    except Unreadable as error:
        raise Faulty(str(error)) from error
    if found := catalogue.faults_of(procedure):
        raise Faulty(_("程序“%s”不能发布。") % procedure.title, details=found)
    alone(f"procedure {procedure.name}")
    digest = hashlib.sha256(text.encode()).hexdigest()
    kept = ProcedureVersion.objects.filter(code=procedure.code, version=procedure.version).first()
    if kept is not None:
        if kept.digest != digest:
            raise Changed(_("“%s”已经发布，内容不能改；请改用新的版本号。") % procedure.name)
        return kept
    kept = ProcedureVersion.objects.create(
        code=procedure.code,
        version=procedure.version,
        title=procedure.title,
        text=text,
        digest=digest,
        published_at=at,
    )
    audit.record(
        action="procedures.version.published",
        subject=kept,
        subject_text=f"{procedure.title} {procedure.version}",
        by=by,
        at=at,
        key=key,
        after={"code": procedure.code, "version": procedure.version, "digest": digest},
    )
    return kept
