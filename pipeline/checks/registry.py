"""All checks, in the order in which people are told of them."""

from pipeline.checks import (
    attribution,
    consistency,
    contacts,
    dates,
    decisions,
    form,
    freshness,
    length,
    money,
    names,
    negation,
    numbers,
    quotations,
    spacing,
    terminology,
    untranslated,
)
from pipeline.checks.base import Check

CHECKS: tuple[Check, ...] = (
    numbers.CHECK,
    dates.CHECK,
    money.CHECK,
    names.CHECK,
    contacts.CHECK,
    untranslated.CHECK,
    quotations.CHECK,
    spacing.CHECK,
    form.CHECK,
    length.CHECK,
    terminology.CHECK,
    consistency.CHECK,
    negation.CHECK,
    decisions.CHECK,
    freshness.CHECK,
    attribution.CHECK,
)
