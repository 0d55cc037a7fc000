"""Small workbooks, written part by part, so that a test may break any of them."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_NS = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_NS}/spreadsheetml/2006/main"'
_FORMATS = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 22))
_STYLES = f'<styleSheet {_MAIN}><cellXfs count="3">{_FORMATS}</cellXfs></styleSheet>'

Cell = str | int | float | None


def letter(number: int) -> str:
    """The letters of a column, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell(row: int, column: int, value: Cell) -> str:
    """One cell: text, or a number; text that begins with "<" stands as it is."""
    place = f'r="{letter(column)}{row}"'
    if value is None:
        return f'<c {place} s="0"/>'
    if isinstance(value, str) and value.startswith("<"):
        return value.replace("<c ", f"<c {place} ", 1)
    if isinstance(value, str):
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
    return f"<c {place}><v>{value}</v></c>"


def sheet_xml(rows: Mapping[int, Sequence[Cell]], before: str = "", after: str = "") -> str:
    body = "".join(
        f'<row r="{number}">{"".join(cell(number, at, value) for at, value in enumerate(cells, 1))}</row>'
        for number, cells in rows.items()
    )
    return f'<?xml version="1.0"?><worksheet {_MAIN}>{before}<sheetData>{body}</sheetData>{after}</worksheet>'


def workbook(path: Path, sheets: Mapping[str, str], extra: Mapping[str, bytes] | None = None) -> Path:
    """An XLSX of these sheets, by name and XML."""
    names = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(sheets, 1))
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{_NS}/officeDocument/2006/relationships/worksheet" '
        f'Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    office = f"{_NS}/officeDocument/2006/relationships"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_NS}/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{office}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_NS}/package/2006/relationships">{relations}'
        f'<Relationship Id="rIdS" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{at}.xml": xml for at, xml in enumerate(sheets.values(), 1)},
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in parts.items():
            opened.writestr(name, text)
    return path
