"""How often each rule is right, measured."""

from __future__ import annotations

# Share of finds with the right content (token F1 of at least one half) and the right source, by
# rule, on hand-labelled dispatches; `docs/attribution.md` says which and how to measure it anew. A
# rule with fewer than 20 finds there has no confidence.
SHARE_RIGHT: dict[str, float] = {}


def confidence_of(pattern: str) -> float | None:
    """Return the measured share right of a rule's finds, or None where it was not measured.

    >>> confidence_of("no such rule") is None
    True
    """
    return SHARE_RIGHT.get(pattern)
