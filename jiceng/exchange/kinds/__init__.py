"""The kinds of file of the register itself. Packages above declare theirs in their `kinds`."""

from jiceng.exchange.declarations import KINDS
from jiceng.exchange.kinds.bodies import BODIES
from jiceng.exchange.kinds.facts import FACTS
from jiceng.exchange.kinds.organisations import ORGANISATIONS
from jiceng.exchange.kinds.people import PEOPLE
from jiceng.exchange.kinds.positions import POSITIONS
from jiceng.exchange.kinds.posts import POSTS
from jiceng.exchange.kinds.premises import PREMISES
from jiceng.exchange.kinds.two_new import TWO_NEW

KINDS.add(ORGANISATIONS, PEOPLE, POSTS, BODIES, FACTS, TWO_NEW, POSITIONS, PREMISES)
