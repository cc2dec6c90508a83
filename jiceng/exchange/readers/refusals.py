"""What a file is refused for as a whole, in words."""

from jiceng.core.refusals import Invalid


class UnreadableFile(Invalid):
    """The file cannot be read as a table; the sentence says how to mend it."""
