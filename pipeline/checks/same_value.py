"""When two values mean the same, whatever their form."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from pipeline.model.quantity import Amount, Clock, Day, Quantity, Value

_SIZES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "m": {"mm": "0.001", "cm": "0.01", "m": "1", "km": "1000"},
        "m²": {"cm²": "0.0001", "m²": "1", "ha": "10000", "km²": "1000000"},
        "g": {"g": "1", "kg": "1000", "t": "1000000"},
        "l": {"l": "1", "hl": "100", "m³": "1000"},
        "W": {"W": "1", "kW": "1000", "MW": "1E6", "GW": "1E9"},
        "kWh": {"kWh": "1", "MWh": "1000", "GWh": "1E6", "TWh": "1E9"},
        "kB": {"kB": "1", "MB": "1000", "GB": "1E6", "TB": "1E9"},
        "EUR": {"ct": "0.01", "EUR": "1"},
        "s": {"s": "1", "min": "60", "h": "3600", "d": "86400", "wk": "604800"},
        "mo": {"mo": "1", "a": "12"},
    }
)
"""Units that one may write for another, and how large they are."""

_BASES: Mapping[str, tuple[str, Decimal]] = MappingProxyType(
    {unit: (base, Decimal(size)) for base, sizes in _SIZES.items() for unit, size in sizes.items()}
)

_HOURS, _HALF_DAY = 24, 12


def alike(one: Quantity, other: Quantity) -> bool:
    """Return whether two values can mean the same, one of them perhaps saying less."""
    match one.value, other.value:
        case Amount() as a, Amount() as b:
            return (a.number == b.number and (a.unit == b.unit or not (a.unit and b.unit))) or _measure_alike(a, b)
        case Day() as a, Day() as b:
            return _day_alike(a, b)
        case Clock() as a, Clock() as b:
            cycle = _HALF_DAY if one.in_words or other.in_words else _HOURS
            return a.minute == b.minute and a.hour % cycle == b.hour % cycle
        case Clock() as clock, Amount() as amount:
            return _clock_alike(clock, amount)
        case Amount() as amount, Clock() as clock:
            return _clock_alike(clock, amount)
    return False


def _measure_alike(one: Amount, other: Amount) -> bool:
    """Return whether two amounts are as long, as heavy, as much: 1,5 km and 1 500 m."""
    measures = [_measure(item) for item in (one, other)]
    return measures[0] is not None and measures[0] == measures[1]


def _measure(amount: Amount) -> tuple[str, Decimal] | None:
    base, size = _BASES.get(amount.unit, ("", Decimal(0)))
    return (base, amount.number * size) if base else None


def _day_alike(one: Day, other: Day) -> bool:
    """Return whether two days agree in all that both say, and both or neither name a day of the month."""
    pairs = ((one.day, other.day), (one.month, other.month), (one.year, other.year), (one.weekday, other.weekday))
    known = [(mine, given) for mine, given in pairs if mine is not None and given is not None]
    same_kind = (one.day is None) == (other.day is None)
    return bool(known) and same_kind and all(mine == given for mine, given in known)


def _clock_alike(clock: Clock, amount: Amount) -> bool:
    """Return whether a time can be a number: 9 h and 9, 15.30 without its word, or as many hours and minutes."""
    if not amount.unit:
        return amount.number == clock.hour + Decimal(clock.minute) / 100
    return _measure(amount) == ("s", Decimal(clock.hour * 3600 + clock.minute * 60))


def completed(value: Value, wrong: Value) -> Value:
    """Return `value` with what `wrong` tells beside it and `value` leaves open: a year, a unit."""
    match value, wrong:
        case Amount(), Amount():
            return Amount(number=value.number, unit=value.unit or wrong.unit)
        case Day(), Day():
            return Day(day=value.day, month=value.month, year=value.year or wrong.year, weekday=value.weekday)
        case _:
            return value
