"""Make words of what a finding says. Only the edges do: this package, the JSON result, and the command line."""

from orders.findings.statement import Statement
from replies.wording.values import Speaker, written_values
from replies.wording.word_files import Wording


def render(said: Statement, words: Wording, speaker: Speaker) -> Wording:
    """The words with the values in their places; a value is put in whole, whatever it holds."""
    values = written_values(said.params, speaker)
    return Wording(problem=words.problem.format_map(values), advice=words.advice.format_map(values))
