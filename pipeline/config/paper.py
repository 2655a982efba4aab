"""What is made of a release: the sections `[design]`, `[seal]` and `[site]`."""

import re

from pipeline.config.engines import read_url
from pipeline.config.office import required_localized
from pipeline.config.settings import (
    DEFAULT_DESIGN,
    SITE_FOLDER,
    DesignSettings,
    SealSettings,
    SiteLink,
    SiteSettings,
)
from pipeline.fields import Fields

_ADDRESS = re.compile(r"https?://[!-~]+")


def read_design(fields: Fields | None) -> DesignSettings:
    """Return the section `[design]`."""
    if fields is None:
        return DesignSettings()
    design = DesignSettings(
        name=fields.text("name") or DEFAULT_DESIGN,
        text_font=fields.text("text_font"),
        heading_font=fields.text("heading_font"),
    )
    fields.close()
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", design.name):
        raise fields.error("name", "must be the name of a folder in templates/designs, such as “classic”")
    return design


def read_seal(fields: Fields | None) -> SealSettings | None:
    """Return the section `[seal]`, or None where nothing is sealed."""
    if fields is None:
        return None
    seal = SealSettings(
        key_file=fields.text("key_file"),
        module=fields.text("module"),
        token=fields.text("token"),
        certificate=fields.text("certificate"),
        timestamp_server=read_url(fields, "timestamp_server"),
    )
    fields.close()
    if seal.key_file is None and (seal.module is None or seal.token is None):
        raise fields.error(
            "key_file", "is missing; name the key’s file, or the “module” and “token” of a smart card"
        )
    if seal.key_file is not None and seal.module is not None:
        raise fields.error("module", "stands beside “key_file”; the key is either in a file or on a card")
    return seal


def read_site(fields: Fields | None) -> SiteSettings | None:
    """Return the section `[site]`, or None where there is none."""
    if fields is None:
        return None
    url, folder = read_url(fields, "url"), fields.text("folder")
    links = tuple(_link(record) for record in fields.records("links"))
    fields.close()
    if url is None:
        raise fields.error("url", "is missing; it is the address of the newsroom: https://presse.example.org/")
    if folder is not None and not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*", folder):
        raise fields.error("folder", "must be the name of a folder in the workspace, such as “site”")
    return SiteSettings(url=f"{url.rstrip('/')}/", folder=folder or SITE_FOLDER, links=links)


def _link(fields: Fields) -> SiteLink:
    text, url = required_localized(fields, "text"), required_localized(fields, "url")
    fields.close()
    for _, address in url.texts:
        if not _ADDRESS.fullmatch(address):
            raise fields.error("url", "must hold addresses such as https://www.example.org/impressum")
    return SiteLink(text=text, url=url)
