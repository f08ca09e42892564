"""Layer 1: the canonical tables in memory and on disk, and the engines that work through them."""

from analysis.store.tables import Tables, open_store

__all__ = ["Tables", "open_store"]
