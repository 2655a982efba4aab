"""The seal over the manifest of a bundle: made with the office's key, and kept as long as the manifest stays."""

from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from pipeline.errors import FormatError
from pipeline.formats.zip_damage import damage_told
from pipeline.model.manifest import MANIFEST_NAME, SEAL_NAME
from pipeline.model.seal import MAX_SEAL
from pipeline.runner.press import Press
from pipeline.workspace.files import read_bytes
from pipeline.workspace.versions import MAX_FILE


def kit_seal(press: Press, bundles: Sequence[Path]) -> Callable[[bytes], bytes] | None:
    """Return what gives a manifest its seal; None for an office that does not seal.

    No two seals are alike: they tell the time, and elliptic curves and stamps draw numbers. So that of a bundle
    that was made before is kept where it holds for the same manifest; then no key is opened, and no password asked.

    Args:
        press: has the key.
        bundles: files in which the bundle may be already.
    """
    return partial(_seal, press, bundles) if press.seals else None


def _seal(press: Press, bundles: Sequence[Path], manifest: bytes) -> bytes:
    """Return the seal over a manifest.

    Raises:
        SealError: there is none yet, and the key, its certificate or the time stamp server fails.
    """
    from pipeline.engines.seal import read_detached_seal

    for bundle in bundles:
        kept = _kept(bundle, manifest)
        if kept is not None and not read_detached_seal(kept, manifest, at=press.at).faults:
            return kept
    return press.seal_manifest(manifest, MANIFEST_NAME)


def _kept(bundle: Path, manifest: bytes) -> bytes | None:
    """Return the seal in a bundle that has exactly this manifest."""
    if not bundle.exists():
        return None
    try:
        data = read_bytes(bundle, MAX_FILE)
        with damage_told("is damaged", bundle), ZipFile(BytesIO(data)) as archive:
            sizes = {item.filename: item.file_size for item in archive.infolist()}
            if sizes.get(MANIFEST_NAME) != len(manifest) or sizes.get(SEAL_NAME, MAX_SEAL + 1) > MAX_SEAL:
                return None
            return archive.read(SEAL_NAME) if archive.read(MANIFEST_NAME) == manifest else None
    except FormatError:  # it is made anew in any case
        return None
