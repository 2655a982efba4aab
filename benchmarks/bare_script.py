"""The other side of the build figure: four renders with the bare libraries, as a short script would do them."""

import sys
from pathlib import Path

import docx
import weasyprint

for page in sorted(Path(sys.argv[1]).glob("*.html")):
    weasyprint.HTML(filename=page).write_pdf(page.with_suffix(".pdf"))
    document = docx.Document()
    for line in page.with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        document.add_paragraph(line)
    document.save(str(page.with_suffix(".docx")))
