"""Workbooks for the tests: by openpyxl, or part by part, as other programs and damage leave them."""

import io
import zipfile
from collections.abc import Mapping

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def parts(
    rows: str = "",
    *,
    shared: tuple[str, ...] = (),
    styles: str = "",
    before: str = "",
    behind: str = "",
    settings: str = "",
    state: str = "visible",
    main: str = MAIN,
    office: str = OFFICE,
) -> dict[str, str]:
    """The parts of a workbook with one sheet. ``before`` and ``behind`` stand around the rows."""
    strings = "".join(f"<si>{one}</si>" for one in shared)
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{settings}'
        f'<sheets><sheet name="Order" sheetId="1" state="{state}" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{before}'
        f"<sheetData>{rows}</sheetData>{behind}</worksheet>",
    }


def zipped(content: Mapping[str, str | bytes]) -> bytes:
    """The parts as a file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return stream.getvalue()


def with_sheet(rows: str, **options: object) -> bytes:
    """A workbook with one sheet of these rows."""
    return zipped(parts(rows, **options))
