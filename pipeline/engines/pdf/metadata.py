"""What a PDF says of itself in XMP beyond what WeasyPrint writes: that it is for screen readers, and its languages.

The archive standard knows nothing of the other one's property, so the file describes it (ISO 19005-3, 6.6.2.3).
"""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

_ACCESSIBLE = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_LANGUAGE = """<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:language><rdf:Bag>{}</rdf:Bag></dc:language>
</rdf:Description>
"""


def complete_metadata(pdf: Any, languages: Sequence[str]) -> None:
    """Complete the metadata of a file that WeasyPrint made as PDF/A, and leave it readable without a PDF reader.

    Args:
        pdf: the library's file.
        languages: BCP 47 tags of its text.
    """
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    end = b"</rdf:RDF>"
    (written,) = stream.stream
    more = _ACCESSIBLE + _LANGUAGE.format("".join(f"<rdf:li>{escape(tag)}</rdf:li>" for tag in languages))
    stream.stream = [written.replace(end, more.encode() + end, 1)]
    stream.compress = False
