"""The outcome of a file in plain words: a title, the decision, and what the buyer has to do next."""

from collections import Counter
from decimal import Decimal

from orders.decision import Decision
from replies.answer import Answer
from replies.row_answers import Status, line_statuses, status_of_decision


def title(answer: Answer) -> str:
    """The outcome in one line."""
    return answer.language.say(f"title.{_outcome(answer)}")


def decision_in_words(answer: Answer) -> str:
    """The decision as the status columns name it."""
    mixed = _mixture(answer)
    status = status_of_decision(answer.decision)
    return answer.language.say(f"decision.{mixed}") if mixed else status.word(answer.language)


def next_step(answer: Answer, *, attached: bool = False) -> str:
    """What the buyer has to do now, and how where the answer itself can be corrected and sent back.

    ``attached`` where this stands in a letter beside the answer, and not in the answer itself.
    """
    say, day = answer.language.say, answer.deadline
    step = say(f"next.{_outcome(answer)}")
    if day is None:
        return step
    how = "next.how_in_text" if answer.delimited else "next.how_attached" if attached else "next.how"
    return f"{step} {say(how, day=answer.language.day(day))}"


def order_numbers(answer: Answer) -> str:
    """The order numbers of the file, in its order."""
    numbers = [order.sent.po_number or answer.language.say("fact.no_number") for order in answer.orders]
    return ", ".join(numbers) or answer.language.say("fact.no_orders")


def order_value(answer: Answer) -> str:
    """The value of all orders at agreed prices, by currency."""
    values: dict[str, Decimal] = {}
    for order in answer.orders:
        currency = next((line.price.currency for line in order.lines if line.price), order.sent.currency or "")
        if order.value is not None:
            values[currency] = values.get(currency, Decimal(0)) + order.value
    say = answer.language.say
    told = say("fact.and").join(answer.language.money(value, currency) for currency, value in values.items())
    if not told:
        return say("fact.no_value")
    return say("fact.value_in_part", value=told) if answer.counts.rejected else told


def line_counts(answer: Answer) -> dict[Status, int]:
    """The lines that were read, under ``Status.NONE``, and how many of them came to each status."""
    number_of = Counter(status for order in answer.orders for status in line_statuses(order))
    number_of[Status.SKIPPED] += sum(order.sent.skipped for order in answer.orders)
    counted = {status: number_of[status] for status in Status if number_of[status]}
    return {Status.NONE: answer.counts.read, **counted}


def _outcome(answer: Answer) -> str:
    return _mixture(answer) or answer.decision.value


def _mixture(answer: Answer) -> str:
    """How a rejection is mixed with other outcomes: ``in_part``, ``waiting``, or not at all."""
    if answer.decision is not Decision.REJECTED:
        return ""
    if any(order.deliverable for order in answer.orders):
        return "in_part"
    counts = answer.counts
    return "waiting" if counts.held or counts.accepted or counts.changed else ""
