"""Brings the desk's fonts beside its stylesheet, each with its licence: `make fonts`. Not in the repository.

Needs npm, and the network once. Without them the desk is set in the system's fonts: nothing else changes. The files are
as their packages have them, under the SIL Open Font License 1.1, cut into ranges of letters of which a page loads those
it has words in; phones load none.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "src" / "portico" / "web" / "static" / "fonts"
CSS = FOLDER / "fonts.css"
_FACE = re.compile(r"/\* (?P<name>[\w-]+) \*/\s*@font-face \{(?P<says>.*?)\}", re.DOTALL)
_NOT_ON_PHONES = "@media (min-width:40rem){\n"


@dataclass(frozen=True)
class Font:
    """A font as the stylesheet names it, and where it comes from. css: of the package; cuts: names of its ranges."""

    family: str
    package: str
    version: str
    sha256: str
    css: str
    cuts: tuple[str, ...]


_EUROPE = ("latin", "latin-ext", "cyrillic")
FONTS = (
    Font(
        family="IBM Plex Sans",
        package="@fontsource-variable/ibm-plex-sans",
        version="5.3.0",
        sha256="0cdf43f91e27c4dcc53ffee829fd1ebe45c810c24684766bc1e5f5609d3ffc16",
        css="wght.css",
        cuts=tuple(f"ibm-plex-sans-{cut}-wght-normal" for cut in _EUROPE),
    ),
    Font(
        family="Source Serif 4",
        package="@fontsource-variable/source-serif-4",
        version="5.3.1",
        sha256="8c452853c74be1e43e9fbfe76321c26f4678a2d431e93209ff1d9faec03fd96f",
        css="wght.css",
        cuts=tuple(f"source-serif-4-{cut}-wght-normal" for cut in _EUROPE),
    ),
    Font(
        family="IBM Plex Sans Arabic",
        package="@fontsource/ibm-plex-sans-arabic",
        version="5.3.0",
        sha256="282f301531ee62f317673553a3cd4ff9d0bc7bebfd5d9bcfe82ce2db9b64ff47",
        css="400.css 600.css",
        cuts=("ibm-plex-sans-arabic-arabic-400-normal", "ibm-plex-sans-arabic-arabic-600-normal"),
    ),
    Font(
        family="Noto Naskh Arabic",
        package="@fontsource-variable/noto-naskh-arabic",
        version="5.3.0",
        sha256="f70a9e7e17937ea8d6913ec98dfd970604a202a079ac2ec7246c065a12b5e58e",
        css="wght.css",
        cuts=("noto-naskh-arabic-arabic-wght-normal",),
    ),
)


_THESE = f"/* {', '.join(f'{font.package} {font.version}' for font in FONTS)}: SIL Open Font License 1.1 */\n"


def main() -> int:
    """Zero when they are there, or when they cannot be had and nobody insists: a build for others does (CI)."""
    if CSS.is_file() and CSS.read_text(encoding="utf-8").startswith(_THESE):
        return 0
    try:
        with tempfile.TemporaryDirectory() as there:
            bring(Path(there))
    except (OSError, subprocess.CalledProcessError, ValueError) as problem:
        sys.stderr.write(
            f"No fonts were brought ({problem}). The desk has the system's fonts; `make fonts` tries again.\n"
        )
        return 1 if os.environ.get("CI") == "true" else 0
    return 0


def bring(there: Path) -> None:
    """Fetches every package, and puts what is wanted of it into the folder, whole or not at all."""
    new = there / "fonts"
    new.mkdir()
    faces = [face for font in FONTS for face in _unpacked(font, there, new)]
    (new / CSS.name).write_text(_THESE + _NOT_ON_PHONES + "\n".join(faces) + "\n}\n", encoding="utf-8")
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(new, FOLDER)


def _unpacked(font: Font, there: Path, new: Path) -> Iterator[str]:
    """The files of a font, its licence beside them; a rule of the stylesheet for each."""
    with tarfile.open(_fetched(font, there)) as package:

        def read(name: str) -> bytes:
            found = package.extractfile(f"package/{name}")
            assert found is not None, name
            return found.read()

        (new / f"{font.package.rpartition('/')[2]}-LICENSE.txt").write_bytes(read("LICENSE"))
        told = "\n".join(read(name).decode() for name in font.css.split())
        faces = {face["name"]: face["says"] for face in _FACE.finditer(told)}
        for cut in font.cuts:
            (new / f"{cut}.woff2").write_bytes(read(f"files/{cut}.woff2"))
            yield _rule(font, cut, faces[cut])


def _fetched(font: Font, there: Path) -> Path:
    """The package as the registry has it. Raises ValueError for one that is another than it was."""
    command = ["npm", "pack", "--silent", f"{font.package}@{font.version}"]
    done = subprocess.run(  # noqa: S603  (a command of ours, pinned by its hash)
        command, cwd=there, check=True, capture_output=True, text=True, timeout=120
    )
    file = there / done.stdout.split()[-1]
    if hashlib.sha256(file.read_bytes()).hexdigest() != font.sha256:
        raise ValueError(f"{font.package} {font.version} is not the file that it was")
    return file


def _rule(font: Font, cut: str, says: str) -> str:
    """The rule of one file: weights and range of letters as the package gives them."""
    told = dict(line.strip().rstrip(";").split(": ", 1) for line in says.strip().splitlines())
    return (
        f'@font-face{{font-family:"{font.family}";font-style:normal;font-display:swap;font-weight:{told["font-weight"]};'
        f'src:url("{cut}.woff2") format("woff2");unicode-range:{told["unicode-range"]}}}'
    )


if __name__ == "__main__":
    sys.exit(main())
