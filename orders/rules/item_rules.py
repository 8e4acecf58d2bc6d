"""Which item a line means, and whether this customer may order it."""

from collections.abc import Collection, Iterable

from orders.catalogue import Item, ItemStatus
from orders.location import Field
from orders.numbers import is_gtin
from orders.rules.case import NOTHING, LineCase, Verdict, Verdicts, settle
from orders.rules.rule import LineRule

_IDENTIFIERS = (Field.ITEM, Field.GTIN, Field.BUYER_ITEM)


def identify(case: LineCase) -> Verdicts:
    """Find the item by our number, the GTIN and the customer's number; all that are known must name the same one."""
    line = case.line
    bare = case.of.places.bare(case.index)
    plain = case.of.agreement.plainly_named(line.item, line.gtin, line.buyer_item)
    if plain is not None and not any(_with_zeros(case, field, (plain,)) for field in bare):
        return (settle(Field.ITEM, plain),)
    hits = _hits(case, bare)
    if not hits:
        if any(case.of.places.of(field, case.index) is not None for field in _IDENTIFIERS):
            return NOTHING  # a number stands there that could not be read, and the reader has said so
        return (Verdict("ITM001", Field.LINE, "The line names no item. Add our item number, the GTIN or your number."),)

    found = {item.item: item for items in hits.values() if len(items) == 1 for item in items}
    if len(found) == 1:
        (item,) = found.values()
        found.update({items[0].item: items[0] for items in hits.values() if items and item not in items})
    if len(found) == 1:
        missed = (field for field, items in hits.items() if not items)
        lost = (field for field, items in hits.items() if item in items[1:] and field in bare)
        return (
            *(verdict for field in missed for verdict in _missed(case, field, item)),
            *(_zeros_restored(field, _sent(case, field), item) for field in lost),
            settle(Field.ITEM, item),
        )
    if len(found) > 1:
        named = "; ".join(
            f"{field.value} {_sent(case, field)} is {items[0].item}" for field, items in hits.items() if items
        )
        return (
            Verdict(
                "ITM002",
                _first_sent(case),
                f"The identifiers name different items: {named}. Tell us which you mean.",
                candidates=_numbers(case, _first_sent(case), found.values()),
            ),
        )
    for field, items in hits.items():
        if items:
            return (_several(field, _sent(case, field), items, field in bare),)
    return _wrong_check_digit(case) or _with_leading_zeros(case)


def _hits(case: LineCase, bare: Collection[Field]) -> dict[Field, tuple[Item, ...]]:
    """The items that each identifier can mean; those of a bare number first as it stands, then with its zeros."""
    agreement, line = case.of.agreement, case.line
    hits: dict[Field, tuple[Item, ...]] = {}
    if line.item is not None:
        ours = agreement.catalogue.item(line.item)
        hits[Field.ITEM] = (ours,) if ours else ()
    if line.gtin is not None:
        by_gtin = agreement.catalogue.by_gtin(line.gtin)
        hits[Field.GTIN] = (by_gtin,) if by_gtin else ()
    if line.buyer_item is not None:
        hits[Field.BUYER_ITEM] = agreement.by_buyer_number(line.buyer_item) or _ours_in_their_field(case)
    for field in bare:
        if hits.get(field):
            hits[field] = (*hits[field], *_with_zeros(case, field, hits[field]))
    return hits


def _several(field: Field, sent: str, items: tuple[Item, ...], zeros_in_doubt: bool) -> Verdict:
    """A number that stands for several items, each of which it can mean."""
    choices = ", ".join(item.item for item in items)
    message = f"Your number {sent} stands for several of our items: {choices}. Tell us which you mean."
    if zeros_in_doubt:
        message = _doubtful_zeros(sent, choices)
    return Verdict("ITM008", field, message, before=sent, candidates=tuple(item.item for item in items))


def _ours_in_their_field(case: LineCase) -> tuple[Item, ...]:
    """A customer may write our number, or a GTIN, where its own belongs; certain enough when it fits exactly."""
    number = case.line.buyer_item or ""
    catalogue = case.of.agreement.catalogue
    item = catalogue.item(number) or (catalogue.by_gtin(number) if is_gtin(number) else None)
    return (item,) if item else ()


def _missed(case: LineCase, field: Field, item: Item) -> Verdicts:
    """An identifier that leads nowhere, beside another that leads to ``item``: is there a contradiction?"""
    sent = _sent(case, field)
    if field is Field.GTIN and not is_gtin(sent):
        return _wrong_check_digit(case, item)
    if item in case.of.agreement.without_leading_zeros(sent):
        return (_zeros_restored(field, sent, item),)
    ours = _number(case, field, item)
    if ours is None:
        return NOTHING
    message = f"{sent} is not {item.item}, whose {field.value.replace('_', ' ')} is {ours}. Tell us which you mean."
    if field is Field.ITEM:
        message = f"{sent} is not {item.item}, which the other numbers name. Tell us which you mean."
    return (Verdict("ITM002", field, message, before=sent, candidates=(ours,)),)


def _number(case: LineCase, field: Field, item: Item) -> str | None:
    """The number of the item that belongs into the field."""
    if field is not Field.BUYER_ITEM:
        return item.item if field is Field.ITEM else item.gtin
    entry = case.of.agreement.assortment.get(item.item)
    return entry.buyer_item if entry else None


def _numbers(case: LineCase, field: Field, items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(number for item in items if (number := _number(case, field, item)) is not None)


def _wrong_check_digit(case: LineCase, known: Item | None = None) -> Verdicts:
    gtin = case.line.gtin
    if gtin is None or is_gtin(gtin):
        return NOTHING
    return (
        Verdict(
            "ITM003",
            Field.GTIN,
            f"{gtin} is not a GTIN: its check digit does not fit. Check the number.",
            before=gtin,
            candidates=_numbers(case, Field.GTIN, (known,) if known else case.of.agreement.near(gtin)),
        ),
    )


def _with_leading_zeros(case: LineCase) -> Verdicts:
    field = _first_sent(case)
    sent = _sent(case, field)
    candidates = case.of.agreement.without_leading_zeros(sent)
    if len(candidates) == 1:
        item = candidates[0]
        return (_zeros_restored(field, sent, item), settle(Field.ITEM, item))
    if candidates:
        choices = ", ".join(item.item for item in candidates)
        message = _doubtful_zeros(sent, choices)
        return (Verdict("ITM008", field, message, before=sent, candidates=_numbers(case, field, candidates)),)
    return (
        Verdict(
            "ITM001",
            field,
            f"We do not know the item {sent}. Check the number against your catalogue.",
            before=sent,
            candidates=_numbers(case, field, case.of.agreement.near(sent)),
        ),
    )


def _with_zeros(case: LineCase, field: Field, known: tuple[Item, ...]) -> tuple[Item, ...]:
    """Further items that a number means if its leading zeros are lost."""
    return tuple(item for item in case.of.agreement.without_leading_zeros(_sent(case, field)) if item not in known)


def _doubtful_zeros(sent: str, choices: str) -> str:
    return f"{sent} may have lost leading zeros and fits several items: {choices}. Tell us which you mean."


def _zeros_restored(field: Field, sent: str, item: Item) -> Verdict:
    message = f"{sent} was read as {item.item}: leading zeros seem to be lost. Format the column as text."
    return Verdict("NRM001", field, message, before=sent, after=item.item)


def _first_sent(case: LineCase) -> Field:
    return next(field for field in _IDENTIFIERS if getattr(case.line, field.value) is not None)


def _sent(case: LineCase, field: Field) -> str:
    return str(getattr(case.line, field.value))


def orderable(case: LineCase) -> Verdicts:
    """The item must be for sale; a superseded one gives way to its successor only where the customer opted in."""
    item = case.item
    if item is None or item.status is ItemStatus.ACTIVE:
        return NOTHING
    successor = case.of.agreement.catalogue.item(item.replacement) if item.replacement else None
    about = _first_sent(case)
    blocked = item.status is ItemStatus.BLOCKED
    if blocked or successor is None or successor.status is not ItemStatus.ACTIVE:
        return (
            Verdict(
                "ITM005", about, f"{item.item} {item.description} is no longer sold. Remove the line.", before=item.item
            ),
        )
    offer = f"{item.item} is superseded by {successor.item} {successor.description}"
    if case.of.policy.take_replacement:
        return (
            Verdict(
                "ITM006", about, f"{offer}, which we deliver instead.", item.item, successor.item, successor, Field.ITEM
            ),
        )
    instead = _numbers(case, about, (successor,))
    return (Verdict("ITM006", about, f"{offer}. Order that number instead.", before=item.item, candidates=instead),)


def in_assortment(case: LineCase) -> Verdicts:
    """The customer may order what stands in its own assortment."""
    if case.item is None or case.item.item in case.of.agreement.assortment:
        return NOTHING
    message = (
        f"{case.item.item} {case.item.description} is not in your assortment. Ask us to list it, or remove the line."
    )
    return (Verdict("ITM004", _first_sent(case), message, before=case.item.item),)


def repeated(case: LineCase) -> Verdicts:
    """The same item in two lines may be meant so, or typed twice; the lines stay as they are."""
    if case.item is None:
        return NOTHING
    first = case.of.first_line_of_item.setdefault(case.item.item, case.index)
    if first == case.index:
        return NOTHING
    number = case.of.order.lines[first].number
    return (
        Verdict("QTY009", _first_sent(case), f"{case.item.item} stands in line {number} too; both lines are kept."),
    )


ITEM_RULES: tuple[LineRule, ...] = (
    LineRule(
        identify,
        ("ITM001", "ITM002", "ITM003", "ITM008", "NRM001"),
        why="A guessed item is a wrong delivery; every identifier sent has to lead to the same one.",
        good="GTIN and the customer's number lead to one item.",
        bad="The GTIN is of the blue gloves, the customer's number of the white ones.",
    ),
    LineRule(
        orderable,
        ("ITM005", "ITM006"),
        why="What is no longer sold must not reach the ERP; a successor is an offer, not a decision of ours.",
        good="An active item.",
        bad="A discontinued item, with or without a successor.",
    ),
    LineRule(
        in_assortment,
        ("ITM004",),
        why="Assortments are agreed per customer; prices exist for nothing else.",
        good="An item of the customer's assortment.",
        bad="An item of the catalogue that was never agreed with this customer.",
    ),
    LineRule(
        repeated,
        ("QTY009",),
        why="Two lines for one item are often a slip, sometimes two deliveries.",
        good="Each item once.",
        bad="One item in lines 2 and 7.",
    ),
)
