"""Figures of speed and size: `make bench`, `make bench ONLY=register`.

A group is a module of this package. Each of its functions marked `@figure` yields `Figure`s, and
runs on a database of its own that was just migrated; docs/architecture.md says how to add one.
"""
