"""The place of a seal in a PDF: an invisible field, such that the file keeps PDF/A-3a and PDF/UA-1."""

from collections.abc import Generator
from datetime import datetime
from io import BytesIO
from typing import Any

from pipeline.engines.seal.library import part
from pipeline.errors import SealError

FIELD = "Seal"
_BAD_END = b"\r\nendstream"


def prepared(
    pdf: bytes, *, label: str, at: datetime, room: int
) -> tuple[Generator[Any, Any, None], bytes, BytesIO]:
    """Return what takes the signature, the hash to be signed, and the file, complete once the signature is in.

    Args:
        pdf: the file, unsealed.
        label: what the seal is called.
        at: the time that it claims.
        room: bytes to keep free for the signature.

    Raises:
        SealError: the file is no PDF that can be sealed, or is sealed already.
    """
    while True:
        try:
            embedder = _embedder(pdf, label)
            digest, output = _with_room(embedder, at, room)
        except SealError:
            raise
        except Exception as error:  # whatever the library raises on what is no sound PDF
            raise SealError(f"cannot be sealed, for it is no sound PDF ({type(error).__name__})") from None
        if _BAD_END not in output.getvalue()[len(pdf) :]:
            return embedder, digest, output
        # The last stream happens to end in a carriage return, which PDF/A takes for a part of the line's end
        # (ISO 19005-3, 6.1.7.1). With what follows the room in another place it ends otherwise.
        room += 1


def _embedder(pdf: bytes, label: str) -> Generator[Any, Any, None]:
    """Return the library's routine that writes the field, stopped where it asks for the signature's frame."""
    fields, signing = part("pyhanko.sign.fields"), part("pyhanko.sign.signers.cms_embedder")
    generic = part("pyhanko.pdf_utils.generic")
    writer = part("pyhanko.pdf_utils.incremental_writer").IncrementalPdfFileWriter(BytesIO(pdf))
    if any(fields.enumerate_sig_fields(writer, filled_status=True)):
        raise SealError("is sealed already; build it anew to seal it again")
    # Untold, the library would write its own name and the time into one of the two places of the metadata, which
    # have to agree (ISO 19005-3, 6.6.3). What the file says of itself does not change by sealing.
    writer._update_meta = lambda: None  # noqa: SLF001 (there is no setting for it)
    writer.register_extension(part("pyhanko.sign.signers.constants").ESIC_EXTENSION_1)
    # ISO 14289-1, 7.18.3: a page with an annotation says in which order they are reached.
    page, _ = writer.find_page_for_modification(0)
    page.get_object()["/Tabs"] = generic.NameObject("/S")
    writer.mark_update(page)
    field = fields.SigFieldSpec(
        sig_field_name=FIELD,
        readable_field_name=label,
        # ISO 14289-1, 7.18.1 and 7.18.4, leave an annotation beside the page out of the structure; one hidden by a
        # flag it would leave out too, but that flag is forbidden by ISO 19005-3, 6.3.2.
        invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True),
    )
    embedder: Generator[Any, Any, None] = signing.PdfCMSEmbedder(new_field_spec=field).write_cms(
        field_name=FIELD, writer=writer
    )
    next(embedder)
    return embedder


def _with_room(embedder: Generator[Any, Any, None], at: datetime, room: int) -> tuple[bytes, BytesIO]:
    """Return the hash to be signed and the file with room for the signature."""
    fields, signing = part("pyhanko.sign.fields"), part("pyhanko.sign.signers.cms_embedder")
    frame = part("pyhanko.sign.signers.pdf_byterange").SignatureObject(
        timestamp=at,
        subfilter=fields.SigSeedSubFilter.PADES,
        bytes_reserved=2 * room,  # it is written as hexadecimal digits
    )
    # The office is the author, and nothing may be changed after it: readers warn of whatever is added.
    author = signing.SigMDPSetup(md_algorithm="sha256", certify=True, docmdp_perms=fields.MDPPerm.NO_CHANGES)
    embedder.send(signing.SigObjSetup(sig_placeholder=frame, mdp_setup=author))
    hashed, output = embedder.send(signing.SigIOSetup(md_algorithm="sha256"))
    return hashed.document_digest, output
