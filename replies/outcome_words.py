"""The outcome of a file in plain words: a title, the decision, and what the buyer has to do next."""

from enum import StrEnum

from orders.decision import Decision
from replies.answer import Answer
from replies.row_answers import decision_word


class _Mixture(StrEnum):
    """How a rejection is mixed with other outcomes."""

    NONE = ""
    IN_PART = "Accepted in part"
    WAITING = "Not accepted as it is"


_TITLES = {
    Decision.ACCEPTED: "Your order is accepted",
    Decision.CHANGED: "Your order is accepted, with changes",
    Decision.HELD: "Your order is on hold",
    Decision.REJECTED: "Your order could not be accepted",
    Decision.DUPLICATE: "We have received this order before",
    Decision.QUARANTINED: "We could not assign this file to an account",
}
_NEXT = {
    Decision.ACCEPTED: "There is nothing to do. We deliver as ordered.",
    Decision.CHANGED: "Please look at the lines marked “Accepted, changed”. "
    "We deliver what stands under “We will use”. If that suits you, there is nothing to do; otherwise tell us.",
    Decision.HELD: "Please correct what is marked “On hold” in your own file and send it again, or answer us. "
    "Nothing is delivered until then.",
    Decision.REJECTED: "Nothing of this order is delivered. Please correct what is marked “Not accepted” and send the "
    "order again.",
    Decision.DUPLICATE: "There is nothing to do. The order was entered once, when it first came. "
    "This file changed nothing.",
    Decision.QUARANTINED: "Please tell us for which account this file is. Nothing is delivered until then.",
}
_TITLE_OF_MIXED = {
    _Mixture.IN_PART: "Your order is accepted in part",
    _Mixture.WAITING: "Your order could not be accepted as it is",
}
_NEXT_OF_MIXED = {
    _Mixture.IN_PART: "The lines marked “Accepted” or “Accepted, changed” are delivered. "
    "The lines marked “Not accepted” are not; please order them anew.",
    _Mixture.WAITING: "Nothing is delivered for now. "
    "Please correct what is marked “On hold” or “Not accepted” and send the order again, or answer us.",
}


def title(answer: Answer) -> str:
    """The outcome in one line."""
    return _TITLE_OF_MIXED.get(_mixture(answer)) or _TITLES[answer.decision]


def decision_in_words(answer: Answer) -> str:
    """The decision as the status columns name it."""
    return _mixture(answer).value or decision_word(answer.decision)


def next_step(answer: Answer) -> str:
    """What the buyer has to do now."""
    return _NEXT_OF_MIXED.get(_mixture(answer)) or _NEXT[answer.decision]


def _mixture(answer: Answer) -> _Mixture:
    if answer.decision is not Decision.REJECTED:
        return _Mixture.NONE
    if any(order.deliverable for order in answer.orders):
        return _Mixture.IN_PART
    counts = answer.counts
    return _Mixture.WAITING if counts.held or counts.accepted or counts.changed else _Mixture.NONE
