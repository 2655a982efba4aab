"""The words of a mail around the release, in the languages of its recipients."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.locales.typography import NBSP


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWords:
    """The words of one language; braces stand for what is filled in."""

    attached: str
    """`{name}` and `{size}` of the file that comes with the mail."""
    download: str
    """`{size}` of the file whose address follows."""
    why: str
    """Why the recipient gets the mail."""
    leave: str
    """Stands before the addresses at which one gets no more mails."""
    corrected: str
    """Begins the subject of a later version."""
    withdrawn: str
    """Begins the subject of a release that is taken back."""
    kilobytes: str
    megabytes: str
    farewells: frozenset[str]
    """What people write who want no more mails, in small letters: a mail that says nothing else asks for that."""


_WORDS: Mapping[str, MailWords] = MappingProxyType(
    {
        "de": MailWords(
            attached="Im Anhang: {name} ({size})",
            download="Die Medieninformation als PDF ({size}):",
            why="Sie erhalten diese Nachricht, weil Ihre Adresse in unserem Presseverteiler steht.",
            leave="Wenn Sie keine Medieninformationen mehr erhalten möchten:",
            corrected="Berichtigung:",
            withdrawn="Zurückgezogen:",
            kilobytes="kB",
            megabytes="MB",
            farewells=frozenset(
                {"abmelden", "abmeldung", "abbestellen", "abbestellung", "austragen", "bitte abmelden"}
            ),
        ),
        "fr": MailWords(
            attached=f"En pièce jointe{NBSP}: {{name}} ({{size}})",
            download=f"Le communiqué au format PDF ({{size}}){NBSP}:",
            why="Vous recevez ce message parce que votre adresse figure dans notre fichier presse.",
            leave=f"Pour ne plus recevoir nos communiqués{NBSP}:",
            corrected=f"Rectificatif{NBSP}:",
            withdrawn=f"Annulation{NBSP}:",
            kilobytes="ko",
            megabytes="Mo",
            farewells=frozenset(
                {"désinscription", "desinscription", "désinscrire", "désabonnement", "désabonner", "me désinscrire"}
            ),
        ),
    }
)
_FAREWELLS = frozenset({"unsubscribe", "remove", "stop"}).union(*(words.farewells for words in _WORDS.values()))


def mail_words(tag: str) -> MailWords:
    """Return the words in the language of a BCP 47 tag whose locale exists."""
    return _WORDS[tag.partition("-")[0]]


def is_farewell(text: str) -> bool:
    """Return whether a mail that says `text`, and nothing else, asks for no more mails, in any language."""
    return " ".join(text.casefold().split()).strip(" .!") in _FAREWELLS
