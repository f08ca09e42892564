"""Stories and their versions: which dispatches repeat one another, how, and which one counts."""

from analysis.versions.duplicates import find_duplicates
from analysis.versions.stories import number_versions, usable_versions

__all__ = ["find_duplicates", "number_versions", "usable_versions"]
