"""For a server in a test: importing torch waits until the test says how it shall end.

On PYTHONPATH, Python imports this by itself. $TORCH_IS_TOLD names a pipe; reading it waits for
the test to write "come" or "fail" into it.
"""

from __future__ import annotations

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType


class _Held(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        if Path(os.environ["TORCH_IS_TOLD"]).read_text(encoding="ascii") == "fail":
            raise ImportError("torch shall not come")
        super().exec_module(module)


class _Finder(MetaPathFinder):
    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != "torch" or (spec := PathFinder.find_spec(name)) is None:
            return None
        assert spec.origin is not None
        spec.loader = _Held(name, spec.origin)  # here, not earlier, no other import is held up
        return spec


sys.meta_path.insert(0, _Finder())
