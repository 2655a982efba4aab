"""Who is who: people stand in files as “Name <mail>”, as a bare name, or several of them parted by semicolons."""

import re


def is_among(person: str, people: str) -> bool:
    """Return whether `person` is one of `people`: by address where both have one, else by name."""
    name, mail = _parts(person)
    return any(
        mail == other_mail if mail and other_mail else name == other_name
        for other_name, other_mail in map(_parts, people.split(";"))
    )


def names(people: str) -> tuple[str, ...]:
    """Return the names of `people` without their addresses; of a bare address, what stands before the @."""
    found = []
    for person in people.split(";"):
        name, _, mail = person.partition("<")
        found.append(" ".join(name.split()) or mail.strip("> ").partition("@")[0])
    return tuple(name for name in found if name)


def _parts(person: str) -> tuple[str, str]:
    name, _, mail = person.partition("<")
    return re.sub(r"\s+", " ", name).strip().casefold(), mail.rstrip("> ").casefold()
