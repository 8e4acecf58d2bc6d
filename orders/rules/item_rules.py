"""Which item a line means, and whether this customer may order it."""

from collections.abc import Collection, Iterable

from orders.catalogue import Item, ItemStatus
from orders.findings.items import (
    ITM001_NONE_NAMED,
    ITM001_UNKNOWN_ITEM,
    ITM002_CONTRADICTS_ITEM,
    ITM002_CONTRADICTS_NUMBER,
    ITM002_SEVERAL_ITEMS,
    ITM003_WRONG_CHECK_DIGIT,
    ITM004_NOT_IN_ASSORTMENT,
    ITM005_NO_LONGER_SOLD,
    ITM006_REPLACED,
    ITM006_SUPERSEDED,
    ITM008_LOST_ZEROS,
    ITM008_STANDS_FOR_SEVERAL,
    Contradiction,
    Gtin,
    ItemDescribed,
    ItemNumber,
    NumberOfSeveral,
    SeveralItems,
    Successor,
)
from orders.findings.normalised import NRM001_ZEROS_LOST
from orders.findings.parameters import SentForItem
from orders.findings.quantities import QTY009_IN_OTHER_LINE, ItemInLine
from orders.findings.values import NamedItem
from orders.location import Field
from orders.numbers import is_gtin
from orders.rules.case import NOTHING, ItemMeant, LineCase, Verdict, Verdicts, settle
from orders.rules.rule import Fact, LineRule, Reach

_IDENTIFIERS = (Field.ITEM, Field.GTIN, Field.BUYER_ITEM)


def identify(case: LineCase) -> Verdicts:
    """Find the item by our number, the GTIN and the customer's number; all that are known must name the same one."""
    line = case.line
    bare = case.of.places.bare(case.index)
    plain = case.of.agreement.plainly_named(line.item, line.gtin, line.buyer_item)
    if plain is not None and not any(_with_zeros(case, field, (plain,)) for field in bare):
        return (settle(Field.ITEM, ItemMeant(plain)),)
    hits = _hits(case, bare)
    if not hits:
        if any(case.of.places.of(field, case.index) is not None for field in _IDENTIFIERS):
            return NOTHING  # a number stands there that could not be read, and the reader has said so
        return (Verdict(ITM001_NONE_NAMED(), Field.LINE),)

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
            settle(Field.ITEM, ItemMeant(item)),
        )
    if len(found) > 1:
        named = tuple(
            NamedItem(field=field, sent=_sent(case, field), item=items[0].item)
            for field, items in hits.items()
            if items
        )
        about = _first_sent(case)
        offered = _numbers(case, about, found.values())
        return (Verdict(ITM002_SEVERAL_ITEMS(SeveralItems(items=named)), about, candidates=offered),)
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
    choices = tuple(item.item for item in items)
    several = ITM008_LOST_ZEROS if zeros_in_doubt else ITM008_STANDS_FOR_SEVERAL
    return Verdict(several(NumberOfSeveral(number=sent, choices=choices)), field, before=sent, candidates=choices)


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
    if field is Field.ITEM:
        said = ITM002_CONTRADICTS_ITEM(SentForItem(sent=sent, item=item.item))
    else:
        said = ITM002_CONTRADICTS_NUMBER(Contradiction(sent=sent, item=item.item, field=field, known=ours))
    return (Verdict(said, field, before=sent, candidates=(ours,)),)


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
    offered = _numbers(case, Field.GTIN, (known,) if known else case.of.agreement.near(gtin))
    return (Verdict(ITM003_WRONG_CHECK_DIGIT(Gtin(gtin=gtin)), Field.GTIN, before=gtin, candidates=offered),)


def _with_leading_zeros(case: LineCase) -> Verdicts:
    field = _first_sent(case)
    sent = _sent(case, field)
    candidates = case.of.agreement.without_leading_zeros(sent)
    if len(candidates) == 1:
        item = candidates[0]
        return (_zeros_restored(field, sent, item), settle(Field.ITEM, ItemMeant(item)))
    if candidates:
        doubtful = NumberOfSeveral(number=sent, choices=tuple(item.item for item in candidates))
        offered = _numbers(case, field, candidates)
        return (Verdict(ITM008_LOST_ZEROS(doubtful), field, before=sent, candidates=offered),)
    near = _numbers(case, field, case.of.agreement.near(sent))
    return (Verdict(ITM001_UNKNOWN_ITEM(ItemNumber(item=sent)), field, before=sent, candidates=near),)


def _with_zeros(case: LineCase, field: Field, known: tuple[Item, ...]) -> tuple[Item, ...]:
    """Further items that a number means if its leading zeros are lost."""
    return tuple(item for item in case.of.agreement.without_leading_zeros(_sent(case, field)) if item not in known)


def _zeros_restored(field: Field, sent: str, item: Item) -> Verdict:
    said = NRM001_ZEROS_LOST(SentForItem(sent=sent, item=item.item))
    return Verdict(said, field, before=sent, after=item.item)


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
        gone = ITM005_NO_LONGER_SOLD(ItemDescribed(item=item.item, description=item.description))
        return (Verdict(gone, about, before=item.item),)
    offer = Successor(item=item.item, successor=successor.item, description=successor.description)
    if case.of.policy.take_replacement:
        return (Verdict(ITM006_REPLACED(offer), about, item.item, successor.item, ItemMeant(successor)),)
    instead = _numbers(case, about, (successor,))
    return (Verdict(ITM006_SUPERSEDED(offer), about, before=item.item, candidates=instead),)


def in_assortment(case: LineCase) -> Verdicts:
    """The customer may order what stands in its own assortment."""
    if case.item is None or case.item.item in case.of.agreement.assortment:
        return NOTHING
    said = ITM004_NOT_IN_ASSORTMENT(ItemDescribed(item=case.item.item, description=case.item.description))
    return (Verdict(said, _first_sent(case), before=case.item.item),)


def repeated(case: LineCase) -> Verdicts:
    """The same item in two lines may be meant so, or typed twice; the lines stay as they are."""
    if case.item is None:
        return NOTHING
    first = case.of.first_line_of_item.setdefault(case.item.item, case.index)
    if first == case.index:
        return NOTHING
    other = ItemInLine(item=case.item.item, line=case.of.order.lines[first].number)
    return (Verdict(QTY009_IN_OTHER_LINE(other), _first_sent(case)),)


ITEM_RULES: tuple[LineRule, ...] = (
    LineRule(
        identify,
        ("ITM001", "ITM002", "ITM003", "ITM008", "NRM001"),
        needs=frozenset({Fact.IDENTIFIERS, Fact.CATALOGUE, Fact.ASSORTMENT}),
        settles=frozenset({Fact.ITEM}),
        why="A guessed item is a wrong delivery; every identifier sent has to lead to the same one.",
        good="GTIN and the customer's number lead to one item.",
        bad="The GTIN is of the blue gloves, the customer's number of the white ones.",
    ),
    LineRule(
        orderable,
        ("ITM005", "ITM006"),
        needs=frozenset({Fact.ITEM, Fact.IDENTIFIERS, Fact.CATALOGUE, Fact.ASSORTMENT, Fact.POLICY}),
        settles=frozenset({Fact.ITEM}),
        why="What is no longer sold must not reach the ERP; a successor is an offer, not a decision of ours.",
        good="An active item.",
        bad="A discontinued item, with or without a successor.",
    ),
    LineRule(
        in_assortment,
        ("ITM004",),
        needs=frozenset({Fact.ITEM, Fact.IDENTIFIERS, Fact.ASSORTMENT}),
        why="Assortments are agreed per customer; prices exist for nothing else.",
        good="An item of the customer's assortment.",
        bad="An item of the catalogue that was never agreed with this customer.",
    ),
    LineRule(
        repeated,
        ("QTY009",),
        needs=frozenset({Fact.ITEM, Fact.IDENTIFIERS, Fact.LINES}),
        looks_at=Reach.SAME_ITEM,
        why="Two lines for one item are often a slip, sometimes two deliveries.",
        good="Each item once.",
        bad="One item in lines 2 and 7.",
    ),
)
