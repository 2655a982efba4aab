"""The settings of a workspace as values."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from pipeline.model.mailbox import Mailbox
from pipeline.model.release import Contact, Localized

DEFAULT_DESIGN = "classic"
SITE_FOLDER = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who publishes, and what stands on its paper."""

    name: Localized
    body: Localized
    about: Localized | None
    """Heading above texts about the office."""
    address: tuple[str, ...]
    website: str | None
    contacts: tuple[Contact, ...]
    time_zone: ZoneInfo
    accent: str
    logo: str | None
    """SVG file, relative to the workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibreSettings:
    """Where a LibreTranslate server answers; its key comes from COMMUNIQUE_LIBRE_KEY."""

    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepLSettings:
    """How DeepL is asked; its key comes from COMMUNIQUE_DEEPL_KEY."""

    url: str | None = None
    """Another server than the one the key belongs to."""
    price_per_million: Decimal | None = None
    """What a million characters cost the office, in its currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LLMSettings:
    """Where a language model answers; its key comes from COMMUNIQUE_LLM_KEY."""

    url: str | None = None
    """Address of an OpenAI-compatible interface, up to its version: `http://localhost:11434/v1`."""
    model: str | None = None
    price_per_million: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignSettings:
    """How the paper looks, in PDF and Word alike."""

    name: str = DEFAULT_DESIGN
    """Folder below `templates/designs/`."""
    text_font: str | None = None
    """Family of the running text; None for the design's own."""
    heading_font: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealSettings:
    """What approved PDFs and final bundles are sealed with; password or PIN come from COMMUNIQUE_SEAL_PASSWORD.

    Either `key_file` is set, or `module` and `token`.
    """

    key_file: str | None = None
    """PKCS#12 file (.p12, .pfx) with key and certificates, relative to the workspace."""
    module: str | None = None
    """Library of a smart card or token (PKCS#11)."""
    token: str | None = None
    """Label of the token."""
    certificate: str | None = None
    """Label of the certificate on the token, where it holds several."""
    timestamp_server: str | None = None
    """Address (RFC 3161) of a service that says when a file was sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLink:
    """A page elsewhere that every page of the newsroom leads to; only in languages that have both."""

    text: Localized
    url: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """Where the newsroom stands in the web."""

    url: str
    """Its address, with a slash at the end."""
    folder: str = SITE_FOLDER
    """Where it is written, relative to the workspace."""
    links: tuple[SiteLink, ...] = ()
    """What a public website has to lead to: imprint, privacy, accessibility."""


class Security(StrEnum):
    """How the line to the mail server is protected; its certificate is checked always."""

    STARTTLS = "starttls"
    """From the first command on that says anything; a server that does not offer it is refused."""
    TLS = "tls"
    """From the first byte on."""
    NONE = "none"
    """Not at all: only to a server on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """How releases are mailed; the password comes from COMMUNIQUE_MAIL_PASSWORD."""

    sender: tuple[tuple[str, Mailbox], ...]
    """By BCP 47 tag of the edition; a single one with an empty tag stands for all."""
    reply_to: str | None
    bounces_to: str | None
    """Where undeliverable mail comes back to, if not to the sender."""
    host: str
    port: int
    security: Security
    user: str | None
    """None where the server asks for no password."""
    ca_file: str | None
    """Certificates of the office's own authority, relative to the workspace; trusted beside the machine's."""
    per_minute: int
    """Messages; 0 for no limit."""
    per_domain_per_minute: int
    """Messages to one domain; 0 for no limit."""
    stop_after: int
    """Failures in a row."""
    attach_up_to: int
    """Bytes that an attachment may have in the mail; of larger files the address is mailed."""
    downloads: str | None
    """Address of the folder in the web in which the files lie."""
    unsubscribe: tuple[str, ...]
    """Addresses `mailto:` or `https:` at which recipients ask for no more mails."""
    expires_after: timedelta
    """After the release's moment; from then on nothing is sent any more."""

    def sender_in(self, language: str) -> Mailbox:
        """Return who sends the edition in a language."""
        known = dict(self.sender)
        return known.get(language) or known.get(language.partition("-")[0]) or self.sender[0][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a workspace."""

    office: Office
    source_locale: str
    target_locales: tuple[str, ...]
    engines: tuple[str, ...] | None
    """Engine names in the order they are asked; empty for none, None for what is installed on this machine."""
    second_opinion: str | None
    """Engine that is asked too, for comparison; where the two disagree, a reviewer looks first."""
    libre: LibreSettings
    deepl: DeepLSettings
    llm: LLMSettings
    four_eyes: bool
    """Nobody approves a text that they reviewed themselves."""
    design: DesignSettings
    seal: SealSettings | None
    """None where nothing is sealed."""
    site: SiteSettings | None
    """None where the office has no newsroom of ours."""
    mail: MailSettings | None
    """None where the office sends no mail by us."""
    boilerplate: tuple[tuple[str, Localized], ...]
    """Named texts about the office, per language; paragraphs are parted by an empty line."""
