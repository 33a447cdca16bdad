"""The letters that a device may not have: Korean and Chinese, cut out of Noto Sans.

``python -m tests.support.fonts`` writes ``assets/fonts`` anew, after a change of
``assets/locale/ko.po`` or ``zh.po``: for each of these languages a regular and a bold font with the
characters that its texts use, and the ``@font-face`` rules that name them. It gets the whole fonts
from npm (once; they stay in the folder for temporary files), and always writes the same bytes.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Collection
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from lenet import catalogue

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "assets" / "fonts"

VERSION = "5.3.0"
SOURCES = {
    "ko": ("noto-sans-kr", "korean"),
    "zh": ("noto-sans-sc", "chinese-simplified"),
}
"""Language -> the name of its font at fontsource, and of the part with its characters."""

WEIGHTS = {"": 400, "-bold": 700}
"""How a file's name ends -> the weight of its letters."""

RANGES = {"": "100 549", "-bold": "550 900"}
"""The same -> the weights that a page may ask for and get this one."""

LETTERS, NAMES = "Letters of the language", "Names of languages"
"""What styles call these fonts. .streamlit/config.toml has the first, whichever language it is."""

INSTALLED = {
    "ko": (
        "Apple SD Gothic Neo Regular, AppleSDGothicNeo-Regular, Malgun Gothic, MalgunGothic, "
        "Noto Sans CJK KR, Noto Sans CJK KR Regular, NotoSansCJKkr-Regular, Noto Sans KR",
        "Apple SD Gothic Neo Bold, AppleSDGothicNeo-Bold, Malgun Gothic Bold, MalgunGothicBold, "
        "Noto Sans CJK KR Bold, NotoSansCJKkr-Bold, Noto Sans KR Bold",
    ),
    "zh": (
        "PingFang SC Regular, PingFangSC-Regular, Microsoft YaHei, MicrosoftYaHei, "
        "Noto Sans CJK SC, Noto Sans CJK SC Regular, NotoSansCJKsc-Regular, Noto Sans SC, "
        "Source Han Sans SC, SourceHanSansSC-Regular, WenQuanYi Micro Hei",
        "PingFang SC Semibold, PingFangSC-Semibold, Microsoft YaHei Bold, MicrosoftYaHei-Bold, "
        "Noto Sans CJK SC Bold, NotoSansCJKsc-Bold, Noto Sans SC Bold, Source Han Sans SC Bold, "
        "SourceHanSansSC-Bold",
    ),
}
"""Fonts with these letters that a device may have, regular and bold: then none is fetched."""


def characters(language: str) -> set[str]:
    """Those of all texts in a language that are in its shipped font."""
    texts = catalogue.messages(language, everything=True).values()
    every = "".join(text if isinstance(text, str) else "".join(text) for text in texts)
    return set(filter(is_east_asian, every))


def is_east_asian(letter: str) -> bool:
    """Whether it is a Korean or Chinese character or their punctuation: no Latin font has them."""
    return "\u1100" <= letter < "\u1200" or letter >= "\u2e80"


def cut(whole: bytes, letters: Collection[str]) -> bytes:
    """The same font with these characters alone, as WOFF2. All have to be in it."""
    font = TTFont(BytesIO(whole), recalcTimestamp=False)
    missing = {letter for letter in letters if ord(letter) not in font.getBestCmap()}
    assert not missing, f"not in the font: {' '.join(sorted(missing))}"
    options = Options(layout_features=[], hinting=False, notdef_outline=False, flavor="woff2")
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, letters))
    subsetter.subset(font)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def whole_fonts(language: str) -> dict[str, bytes]:
    """The fonts of fontsource by the ending of our file's name. Needs npm the first time."""
    name, part = SOURCES[language]
    folder = Path(tempfile.gettempdir()) / "inside-lenet5-fonts"
    folder.mkdir(exist_ok=True)
    package = folder / f"fontsource-{name}-{VERSION}.tgz"
    if not package.exists():
        command = ["npm", "pack", "--silent", f"@fontsource/{name}@{VERSION}"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(package) as held:
        return {
            ending: _content(held, f"package/files/{name}-{part}-{weight}-normal.woff2")
            for ending, weight in WEIGHTS.items()
        }


def _content(held: tarfile.TarFile, path: str) -> bytes:
    file = held.extractfile(path)
    assert file is not None, path
    return file.read()


def face(
    family: str, weights: str, installed: str, file: str, content: bytes, more: str = ""
) -> str:
    """A rule: a font that the device has, or else ours, under an address of this very content."""
    version = hashlib.sha256(content).hexdigest()[:12]
    sources = [f'local("{name}")' for name in installed.split(", ")]
    sources.append(f'url("fonts/{file}?v={version}") format("woff2")')
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weights}; font-display: swap; '
        f"{more}src: {', '.join(sources)}; }}\n"
    )


def files() -> dict[str, bytes]:
    """Name -> content of everything in ``assets/fonts`` that is made here."""
    made: dict[str, bytes] = {}
    names = ""
    for language in SOURCES:
        whole = whole_fonts(language)
        rules = ""
        for (ending, weights), installed in zip(RANGES.items(), INSTALLED[language], strict=True):
            file = f"{language}{ending}.woff2"
            made[file] = cut(whole[ending], characters(language))
            rules += face(LETTERS, weights, installed, file, made[file])
        made[f"{language}.css"] = rules.encode()
        file = f"name-{language}.woff2"
        made[file] = cut(whole[""], catalogue.NAMES[language])
        letters = ", ".join(f"U+{ord(letter):X}" for letter in catalogue.NAMES[language])
        only = f"unicode-range: {letters}; "
        names += face(NAMES, "100 900", INSTALLED[language][0], file, made[file], only)
    made["names.css"] = names.encode()
    return made


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
