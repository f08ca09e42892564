"""The shipped model: two ONNX graphs and a tokenizer, checked against the card and run on a CPU.

This is the one place that knows onnxruntime. Nothing is fetched; the files are package data.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = "weights"
CARD = "card.json"


class OnnxRunner:
    """Runs the graphs of a folder with onnxruntime on one thread.

    Parameters
    ----------
    folder : holds ``card.json`` and the files it names with their SHA-256.

    Raises
    ------
    ModelError : a file that is absent or is not the one the card names.
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime as ort
        from tokenizers import Tokenizer

        self.card = read_card(folder)
        files = {name: _checked(folder / name, sha) for name, sha in self.card["files"].items()}
        options = ort.SessionOptions()
        # One thread: partitions run side by side instead (`engine="processes"`), and the order of
        # additions, so the result, does not depend on the machine's number of cores.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
        providers = ["CPUExecutionProvider"]
        self._encoder: Any = ort.InferenceSession(files["encoder.onnx"], options, providers)
        self._heads: Any = ort.InferenceSession(files["heads.onnx"], options, providers)
        self.tokenizer = Tokenizer.from_str(files["tokenizer.json"].decode("utf-8"))
        self.bounds = tuple(self.card["bounds"])

    def encode(
        self, ids: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """See `runner.Runner.encode`."""
        states, tags = self._encoder.run(None, {"ids": ids, "features": features})
        return states[0], tags[0]

    def relate(
        self, states: NDArray[np.float32], sentence: NDArray[np.int64], cues: NDArray[np.int64]
    ) -> list[NDArray[np.float32]]:
        """See `runner.Runner.relate`."""
        given: dict[str, Any] = {"states": states[None], "sentence": sentence[None], "cues": cues}
        found: list[NDArray[np.float32]] = self._heads.run(None, given)
        return found


def read_card(folder: Path) -> dict[str, Any]:
    """Return the model's card.

    Raises
    ------
    ModelError : no card, or one that is not JSON with the entries a model needs.
    """
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
        _ = card["files"], card["bounds"], card["decision"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        found = f"{CARD}: {type(error).__name__}: {error}"
        raise ModelError(folder.name, found, "a card with files, bounds and decision") from error
    return card


def shipped_folder() -> Path:
    """Return the folder of the model that comes with the package."""
    return Path(str(resources.files("analysis.attribution.model") / FOLDER))


@cache
def shipped() -> OnnxRunner:
    """Return the model that comes with the package, loaded once a process."""
    return OnnxRunner(shipped_folder())


def _checked(path: Path, sha256: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(path.name, f"not readable ({error.strerror})", "a model file") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ModelError(path.name, f"SHA-256 {found[:12]}…", f"{sha256[:12]}… as its card says")
    return content
