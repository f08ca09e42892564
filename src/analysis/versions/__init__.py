"""Stories and their versions: which dispatches repeat one another, how, and which one counts."""

from analysis.versions.duplicates import find_duplicates
from analysis.versions.numbering import COPIES
from analysis.versions.stories import TAKEN_BACK, number_versions, usable_versions

__all__ = ["COPIES", "TAKEN_BACK", "find_duplicates", "number_versions", "usable_versions"]
