"""The demonstration accounts, one for each kind of user."""

from jiceng.accounts.models import User
from jiceng.demo.city import City


def open_city_officer(city: City) -> User:
    """Open the account in whose name the programme's belts are confirmed."""
    return User.objects.create_user(
        "shizuzhi", display_name="市委组织部 林示范", created_at=city.at
    )
