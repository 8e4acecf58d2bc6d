"""A customer's own reorder workbook (Office Open XML, ECMA-376): the assortment with prices, quantities to fill in.

Sheets: the form, the places of delivery, and the stamp, which no menu shows. Nothing is merged, there are no macros,
and only what is filled in is unlocked; the protection has no password, for it is a help and not a lock. Columns and
the fields of the head carry their ids in a hidden row and a hidden column, and as defined names, so that moved and
renamed ones are still known; a row carries its key, so that it may be sorted.
"""

import io

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from orders.numbers import plain
from parsers.tables.stamp import FIELD_MARK, NAME_MARK, IssuedRow, Stamp, StampKind
from replies import workbook_style as style
from replies.reorder_columns import COLUMNS, Column, letter, number
from replies.reorder_formulas import hint, line_total
from replies.reorder_offer import Offer, OfferedItem
from replies.stamp_sheet import write_stamp
from replies.wording.language import Language
from replies.workbook_pages import print_on_landscape

ROW_OF_HEAD = {"po_number": 4, "ship_to": 5, "requested_date": 6}
"""The rows of the fields beside the table; each has its label in column B and its value in column D."""
_IDS, _HEADING = 7, 8
FIRST_ROW = _HEADING + 1
_VALUE = number("description")
_UNLOCKED = Protection(locked=False)
_YELLOW = PatternFill("solid", fgColor="FFF9DB")
_AMBER = PatternFill("solid", bgColor="FFD59E")
_GREEN = PatternFill("solid", bgColor="DDF2E1")
_RIGHT_HEADING = Alignment(horizontal="right", vertical="center", wrap_text=True, indent=1)
_RIGHT = Alignment(horizontal="right", vertical="top", indent=1)


def reorder_workbook(offer: Offer, language: Language, nonce: str, key: bytes) -> bytes:
    """The workbook, signed with the seller's key; ``nonce`` makes each one that is issued different."""
    workbook = Workbook()
    workbook.properties.creator = offer.seller
    workbook.properties.title = f"{language.say('form.title')} {offer.account.name}"
    workbook.properties.language = language.code
    workbook.calculation.fullCalcOnLoad = True
    form = workbook.active
    assert isinstance(form, Worksheet)
    form.title = language.say("form.sheet")
    places = workbook.create_sheet(language.say("form.places"))
    _write_places(places, offer, language)
    _write_head(form, offer, language, quote_sheetname(places.title))
    _write_headings(form, language)
    rows = []
    for place, offered in enumerate(offer.items):
        row = IssuedRow(
            key=f"K{place + 1:05}",
            item=offered.item.item,
            price=plain(offered.tiers[0].price.price) if offered.tiers else "",
            basis=plain(offered.tiers[0].price.basis) if offered.tiers else "",
        )
        _write_row(form, FIRST_ROW + place, row.key, offered, language)
        rows.append(row)
    last = FIRST_ROW + max(len(rows), 1) - 1
    _validate(form, last, offer, language, quote_sheetname(places.title))
    _name(workbook, form, last)
    _arrange(form, last, language)
    stamp = Stamp(
        kind=StampKind.REORDER,
        customer=offer.account.customer,
        language=language.code,
        issued=offer.day,
        expires=offer.expires,
        nonce=nonce,
        catalogue=offer.catalogue_version,
        prices=offer.prices_version,
        rows=tuple(rows),
    )
    write_stamp(workbook, stamp, key)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _write_places(sheet: Worksheet, offer: Offer, language: Language) -> None:
    heads = ("form.place", "form.place_name", "form.place_address", "form.place_days")
    for column, (words, width) in enumerate(zip(heads, (16, 40, 48, 24), strict=True), start=1):
        cell = style.put(sheet, 1, column, language.say(words), style.HEADING)
        cell.fill = style.OUR_HEADING
        sheet.column_dimensions["ABCD"[column - 1]].width = width
    for row, place in enumerate(offer.places, start=2):
        town = " ".join(one for one in (place.postcode, place.city) if one)
        address = ", ".join(one for one in (place.street, town) if one)
        days = " ".join(language.say(f"weekday.{day}") for day in sorted(place.delivery_days))
        for column, text in enumerate((place.ship_to, place.name, address, days), start=1):
            style.put(sheet, row, column, text).border = style.LINED
    sheet.freeze_panes = "A2"
    sheet.sheet_view.showGridLines = False
    sheet.protection.enable()
    print_on_landscape(sheet, language.say("form.page"), header=1)


def _write_head(form: Worksheet, offer: Offer, language: Language, places: str) -> None:
    title = f"{language.say('form.title')} {language.say('form.for', customer=offer.account.name)}"
    issued = language.say("form.issued", day=language.day(offer.day), expires=language.day(offer.expires))
    how = f"{language.say('form.how.1')} {language.say('form.how.2')}"
    for row, words, font in (
        (1, title, style.TITLE),
        (2, f"{offer.seller}. {issued}", style.BOLD),
        (3, how, style.MUTED),
    ):
        style.put(form, row, 2, words, font).alignment = style.ONE_LINE
    form.row_dimensions[1].height = 28
    for field, row in ROW_OF_HEAD.items():
        style.put(form, row, 1, f"{FIELD_MARK}head:{field}", style.MUTED)
        style.put(form, row, 2, language.say(f"form.{field}"), style.BOLD).alignment = style.ONE_LINE
        value = form.cell(row=row, column=_VALUE)
        value.number_format = language.notation.date_format if field == "requested_date" else "@"
        value.fill, value.border, value.protection = _YELLOW, style.BOXED, _UNLOCKED
        value.font, value.alignment = style.BOLD, style.ONE_LINE
        form.row_dimensions[row].height = 18
    if len(offer.places) == 1:
        form.cell(row=ROW_OF_HEAD["ship_to"], column=_VALUE).value = offer.places[0].ship_to
    where = form.cell(row=ROW_OF_HEAD["ship_to"], column=_VALUE + 1)
    wanted = f"{letter('description')}{ROW_OF_HEAD['ship_to']}"
    where.value = f'=IFERROR(VLOOKUP({wanted},{places}!$A:$B,2,FALSE),"")'
    where.font, where.alignment = style.MUTED, style.ONE_LINE
    row = ROW_OF_HEAD["requested_date"]
    label = style.put(form, row, number("total") - 1, language.say("form.order_total"), style.BOLD)
    label.alignment = _RIGHT
    total = form.cell(row=row, column=number("total"))
    last = FIRST_ROW + max(len(offer.items), 1) - 1
    total.value = f"=SUM({letter('total')}{FIRST_ROW}:{letter('total')}{last})"
    total.number_format, total.font, total.alignment = "#,##0.00", style.BOLD, _RIGHT
    currency = style.put(form, row, number("total") + 1, offer.account.currency, style.BOLD)
    currency.alignment = style.ONE_LINE


def _write_headings(form: Worksheet, language: Language) -> None:
    for place, column in enumerate(COLUMNS, start=1):
        style.put(form, _IDS, place, f"{FIELD_MARK}{column.field}", style.MUTED)
        cell = style.put(form, _HEADING, place, language.say(column.words), style.HEADING)
        cell.fill = style.OUR_HEADING if column.filled_in else style.THEIR_HEADING
        is_number = column.number_format not in ("@", "date") and column.field != "check"
        cell.alignment = _RIGHT_HEADING if is_number else style.CENTRED
    form.row_dimensions[_IDS].hidden = True
    form.row_dimensions[_HEADING].height = 32


def _write_row(form: Worksheet, row: int, key: str, offered: OfferedItem, language: Language) -> None:
    shown: list[tuple[str, float]] = []
    for place, column in enumerate(COLUMNS, start=1):
        cell = form.cell(row=row, column=place)
        assert isinstance(cell, Cell)
        if column.field == "row_key":
            cell.value = key
        elif column.field == "total":
            cell.value = line_total(offered, row)
        elif column.field == "check":
            cell.value = hint(offered, row, language) if offered.orderable else None
        else:
            _write_value(cell, column, offered, language)
        date = language.notation.date_format
        cell.number_format = date if column.number_format == "date" else column.number_format
        cell.border = style.LINED
        cell.font = style.MUTED if column.quiet or not offered.orderable else style.NORMAL
        cell.alignment = style.TOP_LEFT if column.number_format in ("@", "date") or column.field == "check" else _RIGHT
        if column.filled_in and offered.orderable:
            cell.fill, cell.protection, cell.border = _YELLOW, _UNLOCKED, style.BOXED
        if isinstance(cell.value, str) and not (column.filled_in or column.hidden) and cell.data_type == "s":
            shown.append((cell.value, _width(column, language)))
    form.row_dimensions[row].height = style.height_of(shown)


def _write_value(cell: Cell, column: Column, offered: OfferedItem, language: Language) -> None:
    value = column.value(offered, language)
    if isinstance(value, str):
        style.write_text(cell, value)
    else:
        cell.value = value


def _validate(form: Worksheet, last: int, offer: Offer, language: Language, places: str) -> None:
    def rows_of(field: str) -> str:
        return f"{letter(field)}{FIRST_ROW}:{letter(field)}{last}"

    quantity = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    quantity.error, quantity.errorTitle = language.say("form.quantity.error"), language.say("form.quantity.title")
    quantity.prompt, quantity.promptTitle = language.say("form.quantity.prompt"), language.say("form.quantity.title")
    quantity.add(rows_of("quantity"))
    base, pack = f"${letter('base_unit')}{FIRST_ROW}", f"${letter('pack_unit')}{FIRST_ROW}"
    unit = DataValidation(type="list", formula1=f'IF({pack}="",{base},{base}:{pack})', allow_blank=True)
    unit.error = language.say("form.unit.error")
    unit.add(rows_of("unit"))
    ship_to = DataValidation(type="list", formula1=f"{places}!$A$2:$A${len(offer.places) + 1}", allow_blank=True)
    ship_to.error = language.say("form.ship_to.error")
    ship_to.add(f"{letter('description')}{ROW_OF_HEAD['ship_to']}")
    first, final = offer.day, offer.last_day
    day = DataValidation(
        type="date",
        operator="between",
        formula1=f"DATE({first.year},{first.month},{first.day})",
        formula2=f"DATE({final.year},{final.month},{final.day})",
        allow_blank=True,
    )
    day.error = language.say("form.date.error", first=language.day(first), last=language.day(final))
    day.add(rows_of("requested_date"))
    day.add(f"{letter('description')}{ROW_OF_HEAD['requested_date']}")
    for one in (quantity, unit, day, *((ship_to,) if offer.places else ())):
        one.showErrorMessage = True
        one.showInputMessage = True
        form.add_data_validation(one)
    asks = f'${letter("check")}{FIRST_ROW}<>""'
    ordered = f"ISNUMBER(${letter('quantity')}{FIRST_ROW})"
    form.conditional_formatting.add(rows_of("quantity"), _rule(asks, _AMBER))
    form.conditional_formatting.add(rows_of("check"), _rule(asks, _AMBER))
    form.conditional_formatting.add(rows_of("quantity"), _rule(ordered, _GREEN))


def _rule(formula: str, fill: PatternFill) -> Rule:
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=fill), stopIfTrue=True)


def _name(workbook: Workbook, form: Worksheet, last: int) -> None:
    """Defined names for every column and for the fields of the head: programs move them along with the cells."""
    sheet = quote_sheetname(form.title)
    for column in COLUMNS:
        at = letter(column.field)
        reference = f"{sheet}!${at}${FIRST_ROW}:${at}${last}"
        workbook.defined_names[f"{NAME_MARK}{column.field}"] = DefinedName(
            f"{NAME_MARK}{column.field}", attr_text=reference
        )
    for field, row in ROW_OF_HEAD.items():
        name = f"{NAME_MARK}head_{field}"
        workbook.defined_names[name] = DefinedName(name, attr_text=f"{sheet}!${letter('description')}${row}")


def _width(column: Column, language: Language) -> float:
    """In characters; so wide that no word of the heading is broken beside the button of the filter."""
    return max(column.width, 1.1 * max(map(len, language.say(column.words).split())) + 3)


def _arrange(form: Worksheet, last: int, language: Language) -> None:
    for column in COLUMNS:
        dimension = form.column_dimensions[letter(column.field)]
        dimension.width, dimension.hidden = _width(column, language), column.hidden
    form.freeze_panes = f"{letter('quantity')}{FIRST_ROW}"
    style.start_at(form, f"{letter('description')}{ROW_OF_HEAD['po_number']}")
    form.sheet_view.showGridLines = False
    form.sheet_view.zoomScale = 100
    # From the first column on: what is sorted takes its key along.
    form.auto_filter.ref = f"A{_HEADING}:{letter(COLUMNS[-1].field)}{last}"
    protection = form.protection
    protection.enable()
    for allowed in ("autoFilter", "sort", "formatColumns", "formatRows", "formatCells"):
        setattr(protection, allowed, False)
    print_on_landscape(form, language.say("form.page"), header=_HEADING)
    form.page_setup.fitToWidth = 2
    form.page_setup.pageOrder = "overThenDown"
    form.print_title_cols = f"{letter('item')}:{letter('description')}"
    form.print_area = f"B1:{letter('replacement')}{last}"
