"""What wishes and voluntary service refuse."""

from jiceng.core.refusals import Conflict, Denied, Invalid, NotFound


class NoSuchWish(NotFound):
    """No wish has this number, or it may not be seen."""


class NoSuchPost(NotFound):
    """There is no such welfare post, or it may not be seen."""


class NoSuchClaim(NotFound):
    """There is no such claim, or it may not be seen."""


class NoSuchOffer(NotFound):
    """Nothing was offered to this person, or it is over."""


class NoSuchCode(NotFound):
    """No wish has this query code."""


class NoBranch(Invalid):
    """No organisation of the party stands at the place."""


class Incomplete(Invalid):
    """Something is missing, or chosen that cannot be."""


class NotDuty(Invalid):
    """A wish becomes only an order that somebody must answer."""


class NotSecondPerson(Denied):
    """Who wrote the card does not release it."""


class OfMinor(Denied):
    """A minor's wish is never shown, and no minor is asked to serve."""


class NoConsent(Conflict):
    """The resident has not agreed to have it shown, or took it back."""


class NotNow(Conflict):
    """Where things stand, this cannot be done."""


class Changed(Conflict):
    """Somebody has changed it since it was shown."""


class NotAVolunteer(Denied):
    """Only members, and only of the organisation or registered with it."""


class NoRoom(Conflict):
    """As many have taken the post on as it has room for, or somebody has taken the wish on."""


class AlreadyAsked(Conflict):
    """They were told of it before; nobody is asked for the same thing twice."""


class NoLicence(Invalid):
    """What the law licenses is done by who holds the licence (志愿服务条例 Art. 16)."""


class NotInsured(Invalid):
    """What is dangerous is insured first (志愿服务条例 Art. 17)."""


class Untrue(Invalid):
    """A record of service that cannot be so."""


class TooManyAtOnce(Denied):
    """More arrives in a minute than people send."""
