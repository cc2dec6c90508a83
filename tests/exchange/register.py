"""The register as plain rows, to be compared before and after."""

from jiceng.registry.models import (
    Heir,
    Placement,
    Post,
    SearchName,
    Seat,
    Unit,
    UnitCode,
    UnitName,
    UnitPath,
)

_FIELDS = {
    Unit: ("pk", "tree", "level", "domain", "ending", "valid_from", "valid_to"),
    UnitName: ("pk", "unit", "name", "kind", "valid_from", "valid_to"),
    UnitCode: ("pk", "unit", "code", "valid_from", "valid_to"),
    Placement: ("pk", "unit", "parent", "valid_from", "valid_to"),
    Seat: ("pk", "organisation", "division", "valid_from", "valid_to"),
    Post: ("pk", "unit", "person", "valid_from", "valid_to"),
    Heir: ("unit", "heir"),
    SearchName: ("name", "simplified"),
    UnitPath: ("unit", "path", "valid_from", "valid_to"),  # written anew: numbers may differ
}


def as_it_is():
    """Return every row of the register that a file of organisations may write."""
    return {
        model.__name__: sorted(model.objects.values_list(*fields), key=repr)
        for model, fields in _FIELDS.items()
    }
