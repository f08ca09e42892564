"""The modules of this folder's parent are imported by their plain names, as `train.py` does."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
