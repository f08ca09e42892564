"""The kernel a report runs in: this very Python, whatever kernels are registered on the machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config


class OwnKernelManager(AsyncKernelManager):
    """Starts ``sys.executable -m ipykernel_launcher``, over IPC where the machine has it.

    A kernelspec called ``python3`` elsewhere on the machine is not consulted. IPC sockets open no
    network port and start faster.
    """

    @property
    def kernel_spec(self) -> Any:
        """Return the specification of this environment's kernel."""
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            # One hash seed, so that nothing in a report can depend on the order of a set.
            env={"PYTHONHASHSEED": "0", "MPLBACKEND": "agg"},
        )

    @property
    def ipykernel(self) -> bool:
        """Return True: nbclient then keeps no history file."""
        return True


def kernel_settings(folder: str | Path) -> Config:
    """Return the settings under which the connection file and the sockets lie in `folder`.

    The home folder need not be writable, and nothing is left behind once `folder` is removed.
    """
    settings = Config()
    settings.OwnKernelManager.connection_file = str(Path(folder) / "kernel.json")
    if sys.platform != "win32":
        settings.OwnKernelManager.transport = "ipc"
        settings.OwnKernelManager.ip = str(Path(folder) / "socket")
    return settings
