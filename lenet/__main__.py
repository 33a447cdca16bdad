"""``python -m lenet train | evaluate | predict | data``; see ``lenet.cli``."""

from __future__ import annotations

import sys

from lenet.cli import main

sys.exit(main())
