"""Covers: for every image id a real PNG, always the same one, drawn from nothing but the id."""

from colorsys import hls_to_rgb
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
import struct
from typing import Final
import zlib

_SHADES: Final = 48
"""Steps of the background's gradient; the palette's next three colours are the shapes'."""


class Covers:
    """The covers of one simulator: drawn ones, and those that people uploaded, kept in `folder` if there is one."""

    def __init__(self, folder: Path | None = None) -> None:
        """Find again what was uploaded in an earlier life."""
        self._folder = folder
        self._uploaded: dict[str, bytes] = {}
        if folder and folder.is_dir():
            self._uploaded = {
                file.stem: file.read_bytes() for file in folder.glob("*.jpg")
            }

    def store(self, jpeg: bytes) -> str:
        """Keep an uploaded JPEG and return its image id."""
        image_id = "ab67706c" + sha256(jpeg).hexdigest()[:32]
        self._uploaded[image_id] = jpeg
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{image_id}.jpg").write_bytes(jpeg)
        return image_id

    def image(self, image_id: str, size: int) -> tuple[bytes, str]:
        """Return an image and its media type; an upload comes in its own size."""
        if jpeg := self._uploaded.get(image_id):
            return jpeg, "image/jpeg"
        return cover(image_id, size), "image/png"


@lru_cache(maxsize=256)
def cover(image_id: str, size: int) -> bytes:
    """Return the PNG of an image id, `size` pixels wide and high: two discs and a bar over a gradient."""
    seed = sha256(image_id.encode()).digest()
    disc = (seed[0] / 255, seed[1] / 255, 0.18 + seed[2] / 255 * 0.22)
    other = (seed[3] / 255, seed[4] / 255, 0.1 + seed[5] / 255 * 0.15)
    bar_at, bar_height = seed[6] / 255 * 0.8, 0.02 + seed[7] / 255 * 0.08
    rows = bytearray()
    for y in range(size):
        row = bytearray([y * _SHADES // size]) * size
        if bar_at <= y / size < bar_at + bar_height:
            row[:] = bytes([_SHADES + 2]) * size
        _span(row, *_chord(disc, y, size), _SHADES)
        _span(row, *_chord(other, y, size), _SHADES + 1)
        rows += b"\0" + row  # filter type 0 of each scanline
    return _png(size, _palette(seed[8] / 255, seed[9] / 255), bytes(rows))


def _chord(circle: tuple[float, float, float], y: int, size: int) -> tuple[int, int]:
    """Return from where to where a row cuts a circle, given as centre and radius in shares of the size."""
    x, centre_y, radius = (share * size for share in circle)
    half = max(0.0, radius**2 - (y - centre_y) ** 2) ** 0.5
    return int(x - half), int(x + half)


def _span(row: bytearray, start: int, end: int, colour: int) -> None:
    start, end = max(0, start), min(len(row), end)
    if start < end:
        row[start:end] = bytes([colour]) * (end - start)


def _palette(hue: float, other: float) -> bytes:
    """Return the colours: a gradient around one hue, then three accents around another."""
    colours = [
        hls_to_rgb(hue + 0.12 * step / _SHADES, 0.2 + 0.25 * step / _SHADES, 0.55)
        for step in range(_SHADES)
    ]
    colours += [hls_to_rgb(other + shift, 0.6, 0.6) for shift in (0, 0.08, 0.5)]
    return bytes(round(channel * 255) for colour in colours for channel in colour)


def _png(size: int, palette: bytes, rows: bytes) -> bytes:
    """Return an indexed PNG (https://www.w3.org/TR/png-3/)."""
    header = struct.pack(">IIBBBBB", size, size, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", header),
            (b"PLTE", palette),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        )
    )
