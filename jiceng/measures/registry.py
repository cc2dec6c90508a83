"""What every package counts, collected when the application starts."""

from types import ModuleType

from jiceng.core.declarations import Measure, Registry, Source

SOURCES = Registry("source")
MEASURES = Registry("measure")
INDICATORS = Registry("indicator")


def collect(module: ModuleType) -> None:
    """Take up the SOURCES, MEASURES and INDICATORS of a package's `measures` module."""
    SOURCES.add(*getattr(module, "SOURCES", ()))
    MEASURES.add(*getattr(module, "MEASURES", ()))
    INDICATORS.add(*getattr(module, "INDICATORS", ()))


def check() -> None:
    """Refuse declarations that do not fit together.

    Raises:
        ValueError: a source or measure is named that nobody declares, or a kind lacks its field.
    """
    for measure in MEASURES:
        if measure.source not in SOURCES.entries:
            raise ValueError(f"measure {measure.code}: nobody declares source {measure.source}")
        source = SOURCES[measure.source]
        if measure.kind == "stock" and not (source.end_field or source.replaced_within):
            raise ValueError(f"measure {measure.code}: rows of {source.code} are never in force")
        if (measure.kind == "distinct") != bool(measure.distinct_field):
            raise ValueError(f"measure {measure.code}: a distinct count needs its field")
    for indicator in INDICATORS:
        for part in (indicator.numerator, indicator.denominator):
            if part not in MEASURES.entries:
                raise ValueError(f"indicator {indicator.code}: nobody declares measure {part}")


def measures_of(source: str) -> list[Measure]:
    return MEASURES.select(lambda measure: measure.source == source)


def touched_by(model: str) -> list[Source]:
    """Return the sources whose figures change when rows of `model` do."""
    return SOURCES.select(lambda source: model == source.model or model in source.reads)
