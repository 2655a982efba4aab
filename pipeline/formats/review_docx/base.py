"""The empty sheet that a review document is written on: python-docx's own template without what is not needed."""

from collections.abc import Set
from typing import TYPE_CHECKING

from pipeline.formats.docx_xml import element, language_tag, value

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.rel import Relationships

PAGE_CM = (29.7, 21.0)
"""A4 on its side."""
MARGIN_CM = 1.3
WIDTH = 15_360
"""Between the margins, in twentieths of a point."""

_WORD_2013 = "15"
"""The mode of Word 2013 and later; in an older one Word says “compatibility mode” in the window's title."""

_LEFT_OUT = ("w:proofState", "w:savePreviewPicture", "w:rsids", "w14:docId")
"""Settings that speak of the template: among them that its text was proofread, after which Word would not do it."""


def empty_sheet(target: str) -> "Document":
    """Return a document without text, in landscape, tracking changes; `target` is the tag of its language."""
    from docx import Document
    from docx.enum.section import WD_ORIENTATION
    from docx.opc.constants import RELATIONSHIP_TYPE as KIND
    from docx.shared import Cm

    document = Document()
    wanted = {KIND.STYLES, KIND.NUMBERING, KIND.SETTINGS, KIND.THEME, KIND.FONT_TABLE}
    _keep(document.part.rels, wanted)
    _keep(document.part.package.rels, {KIND.OFFICE_DOCUMENT, KIND.CORE_PROPERTIES})
    section = document.sections[0]
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = (Cm(length) for length in PAGE_CM)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(MARGIN_CM))
    section.bottom_margin, section.footer_distance = Cm(MARGIN_CM + 0.4), Cm(MARGIN_CM / 2)
    _settle(document, target)
    return document


def _keep(relations: "Relationships", kinds: Set[str]) -> None:
    """Leave out parts that nothing here needs: a preview picture, sources, styles for Word 2010."""
    for key, relation in list(relations.items()):
        if relation.reltype not in kinds:
            del relations[key]


def _settle(document: "Document", target: str) -> None:
    from docx.oxml.ns import qn

    settings = document.settings.element
    for tag in _LEFT_OUT:
        for found in settings.findall(qn(tag)):
            settings.remove(found)
    for zoom in settings.findall(qn("w:zoom")):
        settings.replace(zoom, element("w:zoom", attributes={"w:percent": "100"}))
    for languages in settings.findall(qn("w:themeFontLang")):
        settings.replace(languages, value("w:themeFontLang", language_tag(target)))
    for mode in settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), _WORD_2013)
    for layout in settings.findall(f"{qn('w:compat')}/{qn('w:useFELayout')}"):
        layout.getparent().remove(layout)
    # In the place that the schema gives it (ISO/IEC 29500-1, 17.15.1.90).
    settings.insert_element_before(
        element("w:trackRevisions"),
        *("w:doNotTrackMoves", "w:doNotTrackFormatting", "w:documentProtection", "w:autoFormatOverride"),
        *("w:styleLockTheme", "w:styleLockQFSet", "w:defaultTabStop", "w:autoHyphenation"),
        *("w:characterSpacingControl", "w:compat", "w:themeFontLang", "w:clrSchemeMapping"),
    )
