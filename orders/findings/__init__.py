"""Findings: what was noticed in a file, as data, with a code that stays for ever and the answer that it leads to."""

from orders.findings.catalogue import (
    Candidates,
    FindingCase,
    FindingKind,
    Outcome,
    Severity,
    finding_cases,
    finding_kinds,
)
from orders.findings.finding import Finding, finding
from orders.findings.statement import Case, NoParameters, Parameters, Statement

__all__ = [
    "Candidates",
    "Case",
    "Finding",
    "FindingCase",
    "FindingKind",
    "NoParameters",
    "Outcome",
    "Parameters",
    "Severity",
    "Statement",
    "finding",
    "finding_cases",
    "finding_kinds",
]
