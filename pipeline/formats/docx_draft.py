"""The mark of a draft: in words on top of every page of a Word file, and across it."""

from html import escape
from typing import TYPE_CHECKING

from pipeline.formats.docx_letterhead import Sheet, Style, xml_root
from pipeline.formats.docx_text import paragraph
from pipeline.model.inline import inlines

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement


def mark_draft(sheet: Sheet, mark: str) -> None:
    """Put `mark` on top of every page and across it, whatever the letterhead has there."""
    section = sheet.document.sections[0]
    headers = [section.header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    if sheet.document.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
    for number, header in enumerate(headers, 1):
        header.is_linked_to_previous = False
        made = paragraph(sheet, Style.DRAFT_MARK, inlines(mark))
        made.append(_watermark(mark, number))
        xml_root(header.part).insert(0, made)


def _watermark(mark: str, number: int) -> "BaseOxmlElement":
    """Return the watermark as Word itself writes it, so that Word's “Remove Watermark” finds it.

    That is VML, which LibreOffice draws too.
    """
    from docx.oxml import parse_xml

    width, height = 430, round(430 / (0.62 * max(len(mark), 5)))  # points; capitals are about 0.62 as wide as high
    place = "position:absolute;margin-left:0;margin-top:0;rotation:315;z-index:-251658752;" + ";".join(
        f"mso-position-{axis}:center;mso-position-{axis}-relative:margin" for axis in ("horizontal", "vertical")
    )
    return parse_xml(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136"'
        ' adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
        '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '</v:formulas><v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136"'
        f' alt="" style="{place};width:{width}pt;height:{height}pt" o:allowincell="f" fillcolor="#c0c0c0"'
        ' stroked="f"><v:fill opacity=".35"/><v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt"'
        f' string="{escape(mark.upper())}"/></v:shape></w:pict></w:r>'
    )
