"""Draw the pictures of the illustrative case studies.

Every picture is 1600 × 1000 pixels, in the palette of the site and without a
word of text, so that it serves Welsh and English alike. Pillow is all it needs:

    python content/case-studies/pictures/draw.py [NAME ...]

writes each picture (or the ones named) next to this file as an optimised PNG.
The same code always gives the same picture.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin, tau
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]

WIDTH, HEIGHT = 1600, 1000
SCALE = 4  # drawn four times as large, then reduced: smooth edges
COLOURS = 256  # in the saved palette


def rgb(code: str) -> Colour:
    """Read a colour written as ``#rrggbb``."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


PAPER = rgb("#fbfaf7")
INK = rgb("#1d2529")
SLATE = rgb("#44545c")
MIST = rgb("#a9b8bf")
LINE = rgb("#d8d6cf")
GREEN = rgb("#0b5d4b")
MINT = rgb("#7fd1b9")
OCHRE = rgb("#744b00")
GOLD = rgb("#e8b44c")


def mix(colour: Colour, share: float, other: Colour = PAPER) -> Colour:
    """Return ``share`` of a colour in ``other``."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def on_ellipse(centre: Point, rx: float, ry: float, angle: float) -> Point:
    return centre[0] + rx * cos(angle), centre[1] + ry * sin(angle)


def smooth(points: Sequence[Point], steps: int = 40) -> list[Point]:
    """Lead a Catmull–Rom curve through the points."""
    padded = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            x, y = (
                0.5
                * (
                    2 * b[i]
                    + (c[i] - a[i]) * t
                    + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t**2
                    + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
                )
                for i in (0, 1)
            )
            curve.append((x, y))
    curve.append(points[-1])
    return curve


class Sheet:
    """A sheet of paper, addressed in final pixels."""

    def __init__(self, ground: Colour = PAPER) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), ground)
        self.pen = ImageDraw.Draw(self.image)

    @staticmethod
    def _big(points: Iterable[Point]) -> list[Point]:
        return [(x * SCALE, y * SCALE) for x, y in points]

    def shape(self, points: Iterable[Point], fill: Colour) -> None:
        self.pen.polygon(self._big(points), fill=fill)

    def oval(self, centre: Point, rx: float, ry: float, fill: Colour) -> None:
        x, y = centre
        self.pen.ellipse(self._big([(x - rx, y - ry), (x + rx, y + ry)]), fill=fill)

    def disc(self, centre: Point, radius: float, fill: Colour) -> None:
        self.oval(centre, radius, radius, fill)

    def ring(self, centre: Point, radius: float, width: float, fill: Colour) -> None:
        self.path([on_ellipse(centre, radius, radius, tau * i / 180) for i in range(181)], width, fill)

    def path(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        """A line with round joints and ends."""
        half = width / 2
        for a, b in pairwise(points):
            length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
            dx, dy = (a[1] - b[1]) / length * half, (b[0] - a[0]) / length * half
            self.shape(
                [(a[0] + dx, a[1] + dy), (b[0] + dx, b[1] + dy), (b[0] - dx, b[1] - dy), (a[0] - dx, a[1] - dy)], fill
            )
        for point in points:
            self.disc(point, half, fill)

    def taper(self, points: Sequence[Point], start: float, end: float, fill: Colour) -> None:
        """A line whose width runs from ``start`` to ``end``."""
        last = len(points) - 1
        for i, (a, b) in enumerate(pairwise(points)):
            width = start + (end - start) * i / last
            for j in range(4):
                t = j / 4
                self.disc((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t), width / 2, fill)

    def arrow(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        """A path that ends in an arrowhead."""
        size = width * 2.6
        tip, before = points[-1], points[-8]
        angle = atan2(tip[1] - before[1], tip[0] - before[0])
        self.path(points[:-4], width, fill)
        self.shape(
            [
                (tip[0] + size * 0.5 * cos(angle), tip[1] + size * 0.5 * sin(angle)),
                (tip[0] + size * cos(angle + 2.5), tip[1] + size * sin(angle + 2.5)),
                (tip[0] + size * cos(angle - 2.5), tip[1] + size * sin(angle - 2.5)),
            ],
            fill,
        )

    def multiply(self, centre: Point, radius: float, fill: Colour) -> None:
        """A disc of clear ink: where two lie over each other the colours deepen."""
        layer = Sheet((255, 255, 255))
        layer.disc(centre, radius, fill)
        self.image = ImageChops.multiply(self.image, layer.image)
        self.pen = ImageDraw.Draw(self.image)

    def hills(self, crest: Sequence[Point], fill: Colour) -> None:
        self.shape([*smooth(crest), (WIDTH, HEIGHT), (0, HEIGHT)], fill)

    def house(self, foot: Point, width: float, wall: Colour, roof: Colour, door: Colour) -> None:
        x, y = foot
        tall = width * 0.62
        self.shape([(x - width / 2, y), (x - width / 2, y - tall), (x + width / 2, y - tall), (x + width / 2, y)], wall)
        self.shape(
            [(x - width * 0.64, y - tall), (x, y - tall - width * 0.5), (x + width * 0.64, y - tall)],
            roof,
        )
        half = width * 0.11
        self.shape([(x - half, y), (x - half, y - tall * 0.6), (x + half, y - tall * 0.6), (x + half, y)], door)

    def cloud(self, centre: Point, size: float, fill: Colour) -> None:
        x, y = centre
        for dx, dy, radius in ((-0.62, 0.1, 0.34), (-0.18, -0.12, 0.46), (0.32, -0.02, 0.4), (0.72, 0.14, 0.28)):
            self.disc((x + dx * size, y + dy * size), radius * size, fill)
        low, high = y + 0.12 * size, y + 0.42 * size
        self.shape(
            [(x - 0.62 * size, low), (x + 0.72 * size, low), (x + 0.72 * size, high), (x - 0.62 * size, high)], fill
        )
        self.disc((x - 0.62 * size, y + 0.27 * size), 0.15 * size, fill)
        self.disc((x + 0.72 * size, y + 0.27 * size), 0.15 * size, fill)

    def leaf(self, foot: Point, length: float, angle: float, fill: Colour, vein: Colour | None = None) -> None:
        tip = on_ellipse(foot, length, length, angle)
        side = length * 0.3
        middle = on_ellipse(foot, length * 0.5, length * 0.5, angle)
        left = on_ellipse(middle, side, side, angle - pi / 2)
        right = on_ellipse(middle, side, side, angle + pi / 2)
        self.shape([*smooth([foot, left, tip]), *reversed(smooth([foot, right, tip]))], fill)
        if vein:
            self.path([foot, on_ellipse(foot, length * 0.8, length * 0.8, angle)], max(2.0, length * 0.03), vein)

    def save(self, path: Path) -> None:
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        reduced = small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        # Give each entry of the palette the colour it stands for most often: flat grounds stay exact.
        raw = small.tobytes()
        met = Counter(zip(reduced.tobytes(), raw[0::3], raw[1::3], raw[2::3], strict=True))
        palette: dict[int, tuple[int, ...]] = {}
        for (entry, *colour), _times in met.most_common():
            palette.setdefault(entry, tuple(colour))
        reduced.putpalette([part for entry in range(max(palette) + 1) for part in palette.get(entry, PAPER)])
        reduced.save(path, optimize=True)


def coaching_triad() -> Sheet:
    """Three roles that overlap and change hands."""
    sheet = Sheet()
    centre = (800.0, 520.0)
    angles = [-pi / 2 + tau * i / 3 for i in range(3)]
    inks = [mix(GREEN, 0.62), mix(GOLD, 0.9), mix(SLATE, 0.62)]
    for angle, ink in zip(angles, inks, strict=True):
        sheet.multiply(on_ellipse(centre, 150, 150, angle), 220, ink)
    for angle in angles:
        arc = [on_ellipse(centre, 424, 424, angle + 0.42 + (tau / 3 - 0.84) * i / 80) for i in range(81)]
        sheet.arrow(arc, 12, SLATE)
    # One teaches: a seedling in the light.
    x, y = on_ellipse(centre, 222, 222, angles[0])
    sheet.path(smooth([(x, y + 56), (x + 3, y + 20), (x, y - 14)]), 8, PAPER)
    sheet.leaf((x, y + 16), 68, -2.55, PAPER)
    sheet.leaf((x, y - 10), 72, -0.7, PAPER)
    # One observes: an eye.
    x, y = on_ellipse(centre, 222, 222, angles[1])
    lids = [(x - 74, y), (x, y - 46), (x + 74, y), (x, y + 46)]
    sheet.shape([*smooth(lids[:3]), *smooth([lids[2], lids[3], lids[0]])], PAPER)
    sheet.disc((x, y), 28, OCHRE)
    sheet.disc((x + 8, y - 9), 8, PAPER)
    # One coaches: two turns of a conversation.
    x, y = on_ellipse(centre, 222, 222, angles[2])
    for dx, dy, size, way in ((-22, -22, 46, -1), (26, 24, 38, 1)):
        ground = PAPER if way < 0 else mix(SLATE, 0.9)
        sheet.oval((x + dx, y + dy), size * 1.18, size * 0.82, ground)
        sheet.shape(
            [
                (x + dx + way * size * 0.25, y + dy + size * 0.6),
                (x + dx + way * size * 0.75, y + dy + size * 0.45),
                (x + dx + way * size * 0.85, y + dy + size * 1.2),
            ],
            ground,
        )
    return sheet


def _castle_on_cloud(sheet: Sheet, x: float, y: float) -> None:
    wall, dark = SLATE, INK
    for left, right, top in ((-118, -62, -92), (62, 118, -92), (-70, 70, -40), (-34, 34, -150)):
        sheet.shape([(x + left, y + 60), (x + left, y + top), (x + right, y + top), (x + right, y + 60)], wall)
        if right - left < 100:
            step = (right - left) / 5
            for i in (0, 2, 4):
                a = x + left + step * i
                sheet.shape([(a, y + top), (a, y + top - 14), (a + step, y + top - 14), (a + step, y + top)], wall)
    sheet.path([(x, y - 164), (x, y - 232)], 5, dark)
    sheet.shape([(x + 2, y - 232), (x + 58, y - 214), (x + 2, y - 194)], GOLD)
    for dx, dy in ((-90, -48), (90, -48), (0, -100)):
        sheet.shape(
            [(x + dx - 8, y + dy + 34), (x + dx - 8, y + dy), (x + dx + 8, y + dy), (x + dx + 8, y + dy + 34)], GOLD
        )
    sheet.disc((x, y + 24), 22, dark)
    sheet.shape([(x - 22, y + 60), (x - 22, y + 24), (x + 22, y + 24), (x + 22, y + 60)], dark)
    sheet.cloud((x - 14, y + 78), 178, mix(MIST, 0.55))
    sheet.cloud((x + 70, y + 104), 120, mix(MIST, 0.32))


def enquiry_cycle() -> Sheet:
    """Ask, read, try, weigh: four stages around a castle in the air."""
    sheet = Sheet()
    centre, rx, ry, node = (800.0, 500.0), 560.0, 340.0, 112.0
    angles = [-pi / 2 + tau * i / 4 for i in range(4)]
    for angle in angles:
        curve = [on_ellipse(centre, rx, ry, angle + tau / 4 * i / 240) for i in range(241)]
        here, there = on_ellipse(centre, rx, ry, angle), on_ellipse(centre, rx, ry, angle + tau / 4)
        free = [
            p
            for p in curve
            if hypot(p[0] - here[0], p[1] - here[1]) > node + 34 and hypot(p[0] - there[0], p[1] - there[1]) > node + 46
        ]
        sheet.arrow(free, 12, MIST)
    grounds = [GREEN, SLATE, mix(GREEN, 0.8, MINT), OCHRE]
    spots = [on_ellipse(centre, rx, ry, angle) for angle in angles]
    for spot, ground in zip(spots, grounds, strict=True):
        sheet.disc(spot, node, ground)
    x, y = spots[0]  # the question: a magnifying glass
    sheet.path([(x + 24, y + 24), (x + 58, y + 58)], 18, GOLD)
    sheet.disc((x - 12, y - 12), 50, GOLD)
    sheet.disc((x - 12, y - 12), 37, PAPER)
    x, y = spots[1]  # reading: an open book
    for way in (-1, 1):
        page = [(x, y - 30), (x + way * 34, y - 44), (x + way * 70, y - 34)]
        sheet.shape(
            [*smooth(page), (x + way * 70, y + 36), *reversed(smooth([(px, py + 72) for px, py in page]))], PAPER
        )
        for row in range(3):
            sheet.path([(x + way * 18, y - 14 + row * 20), (x + way * 56, y - 18 + row * 20)], 4, MIST)
    sheet.path([(x, y - 28), (x, y + 42)], 5, GOLD)
    x, y = spots[2]  # trying: a seedling
    sheet.path([(x - 50, y + 56), (x + 50, y + 56)], 10, GOLD)
    sheet.path(smooth([(x, y + 52), (x + 4, y + 12), (x, y - 20)]), 9, PAPER)
    sheet.leaf((x, y + 20), 70, -2.6, PAPER)
    sheet.leaf((x, y - 12), 78, -0.72, PAPER)
    x, y = spots[3]  # weighing: a pair of scales
    sheet.path([(x, y - 52), (x, y + 54)], 9, PAPER)
    sheet.path([(x - 34, y + 56), (x + 34, y + 56)], 11, PAPER)
    sheet.path([(x - 62, y - 26), (x + 62, y - 44)], 8, PAPER)
    for px, py in ((x - 62, y - 26), (x + 62, y - 44)):
        sheet.path([(px - 24, py + 48), (px, py), (px + 24, py + 48)], 4, GOLD)
        bowl = [on_ellipse((px, py + 48), 32, 26, pi * i / 30) for i in range(31)]
        sheet.shape(bowl, GOLD)
    sheet.disc((x, y - 54), 10, GOLD)
    _castle_on_cloud(sheet, 800, 536)
    return sheet


def seven_schools() -> Sheet:
    """A net of seven schools across the hills, under seven clouds."""
    sheet = Sheet(mix(MIST, 0.22))
    sheet.disc((1270, 330), 92, mix(GOLD, 0.75))
    sheet.hills([(0, 470), (260, 380), (560, 470), (880, 350), (1180, 460), (1420, 390), (1600, 440)], mix(SLATE, 0.32))
    sheet.hills([(0, 600), (240, 540), (520, 590), (860, 500), (1200, 590), (1600, 520)], mix(GREEN, 0.34))
    sheet.hills([(0, 720), (320, 690), (660, 740), (1020, 650), (1330, 720), (1600, 660)], mix(GREEN, 0.56))
    sheet.hills([(0, 880), (340, 810), (760, 880), (1180, 800), (1600, 850)], GREEN)
    clouds = (
        (170, 150, 84),
        (430, 235, 60),
        (640, 120, 92),
        (880, 225, 56),
        (1070, 130, 74),
        (1330, 170, 88),
        (1500, 90, 52),
    )
    for x, y, size in clouds:
        sheet.cloud((x, y), size, PAPER)
    spots: list[Point] = [(215, 560), (520, 720), (360, 870), (800, 600), (1120, 700), (1020, 890), (1390, 620)]
    links = ((0, 1), (0, 2), (1, 2), (1, 3), (0, 3), (3, 4), (4, 5), (3, 6), (4, 6), (1, 5), (2, 5))
    for a, b in links:
        (ax, ay), (bx, by) = spots[a], spots[b]
        span = hypot(bx - ax, by - ay)
        lift = min(70.0, span * 0.14)
        curve = smooth([(ax, ay - 22), ((ax + bx) / 2, (ay + by) / 2 - 22 - lift), (bx, by - 22)])
        sheet.path(curve, 5, mix(GOLD, 0.95))
    for i, spot in enumerate(spots):
        width = 118 if i == 3 else 70
        sheet.house(spot, width, PAPER, OCHRE if i == 3 else SLATE, GOLD if i == 3 else MIST)
    return sheet


def _lighthouse(sheet: Sheet, x: float, base: float, way: int, dim: float, sea: Colour) -> None:
    """A lighthouse; ``way`` is 1 for upright and -1 for its reflection."""

    def tone(colour: Colour) -> Colour:
        return mix(colour, dim, sea)

    def at(dx: float, dy: float) -> Point:
        squash = 1.0 if way > 0 else 0.82
        return x + dx, base - way * dy * squash

    foot, top, tall = 54.0, 32.0, 250.0
    for i in range(5):
        low, high = tall * i / 5, tall * (i + 1) / 5
        wide, narrow = foot + (top - foot) * i / 5, foot + (top - foot) * (i + 1) / 5
        sheet.shape(
            [at(-wide, low), at(wide, low), at(narrow, high), at(-narrow, high)], tone(PAPER if i % 2 else SLATE)
        )
    sheet.shape([at(-46, tall), at(46, tall), at(46, tall + 12), at(-46, tall + 12)], tone(INK))
    sheet.shape([at(-26, tall + 12), at(26, tall + 12), at(26, tall + 62), at(-26, tall + 62)], tone(GOLD))
    sheet.shape([at(-38, tall + 62), at(38, tall + 62), at(0, tall + 104)], tone(OCHRE))


def paths_to_the_lighthouse() -> Sheet:
    """Five paths, each its own way, to one light."""
    sky, sea = mix(MIST, 0.2), mix(SLATE, 0.42)
    sheet = Sheet(sky)
    x, horizon = 800.0, 470.0
    lamp = (x, horizon - 26 - 287)
    for way in (-1, 1):
        sheet.shape([lamp, (x + way * 900, lamp[1] - 110), (x + way * 900, lamp[1] + 90)], mix(GOLD, 0.3))
    sheet.shape([(0, horizon), (WIDTH, horizon), (WIDTH, HEIGHT), (0, HEIGHT)], sea)
    _lighthouse(sheet, x, horizon + 40, -1, 0.5, sea)
    waves = Random(7)
    for _ in range(46):
        wx, wy = waves.uniform(20, 1580), waves.uniform(horizon + 24, 800)
        length = waves.uniform(30, 110)
        sheet.path([(wx, wy), (wx + length, wy)], 3.2, mix(SLATE, 0.3))
    sheet.hills(
        [(0, 640), (170, 690), (380, 800), (640, 905), (800, 925), (980, 900), (1240, 790), (1450, 690), (1600, 650)],
        GREEN,
    )
    routes: list[tuple[list[Point], Colour]] = [
        ([(70, 1000), (150, 850), (60, 730), (230, 600), (470, 590), (590, 520), (728, 506)], GOLD),
        ([(330, 1000), (260, 890), (420, 800), (380, 700), (560, 640), (640, 560), (748, 516)], PAPER),
        ([(640, 1000), (560, 930), (690, 850), (590, 760), (690, 660), (680, 590), (772, 522)], MINT),
        (
            [(1010, 1000), (1100, 910), (960, 820), (1060, 720), (920, 640), (930, 560), (836, 520)],
            mix(OCHRE, 0.72, GOLD),
        ),
        ([(1500, 1000), (1380, 880), (1490, 760), (1280, 660), (1160, 600), (1010, 540), (868, 508)], MIST),
    ]
    for route, colour in routes:
        sheet.taper(smooth(route), 26, 7, mix(colour, 0.55, INK))
        sheet.taper(smooth(route), 20, 4.5, colour)
    rock = [
        (640, 512),
        (676, 484),
        (720, 470),
        (748, 446),
        (800, 440),
        (858, 448),
        (892, 474),
        (938, 490),
        (962, 512),
        (800, 530),
    ]
    sheet.shape(rock, INK)
    _lighthouse(sheet, x, horizon - 26, 1, 1.0, sea)
    return sheet


def moonlit_stairs() -> Sheet:
    """Stairs that climb to the moon, with company on the way."""
    night = mix(SLATE, 0.82, INK)
    sheet = Sheet(night)
    sky = Random(11)
    for _ in range(60):
        x, y = sky.uniform(30, 1570), sky.uniform(30, 560)
        sheet.disc((x, y), sky.choice((2.2, 2.8, 3.6)), mix(GOLD, 0.75, PAPER))
    moon = (1230.0, 260.0)
    for radius, share in ((320, 0.06), (250, 0.11), (196, 0.17)):
        sheet.disc(moon, radius, mix(GOLD, share, night))
    sheet.disc(moon, 150, mix(GOLD, 0.95))
    for dx, dy, radius in ((-50, -40, 26), (42, 22, 36), (-28, 62, 17), (58, -62, 14)):
        sheet.disc((moon[0] + dx, moon[1] + dy), radius, mix(GOLD, 0.86, OCHRE))
    widths = (150, 150, 150, 390, 140, 140, 140, 0)  # the fourth step is a landing
    x, low, tall = 60.0, 950.0, 64.0
    seat = (0.0, 0.0)
    for i, wide in enumerate(widths):
        y = low - tall * i
        front = mix(GREEN, 0.96 - i * 0.05, MINT)
        sheet.shape([(x, HEIGHT), (x, y), (WIDTH, y), (WIDTH, HEIGHT)], mix(front, 0.72, INK))
        sheet.shape([(x - 10, y), (x - 10, y - 15), (WIDTH, y - 15), (WIDTH, y)], mix(MINT, 0.26 + i * 0.075, front))
        if wide == max(widths):
            seat = (x, y - 15)
        x += wide
    # Four figures, on a step that is wide enough for all of them.
    figures = ((GOLD, 0.92), (PAPER, 1.05), (MINT, 0.86), (mix(OCHRE, 0.55, GOLD), 1.0))
    for i, (colour, size) in enumerate(figures):
        x, seat_y = seat[0] + 62 + i * 84, seat[1]
        body = 86 * size
        front = mix(colour, 0.95, INK)
        sheet.disc((x, seat_y - body + 30), 30, front)
        sheet.shape(
            [(x - 30, seat_y), (x - 30, seat_y - body + 30), (x + 30, seat_y - body + 30), (x + 30, seat_y)], front
        )
        sheet.disc((x, seat_y - body - 24), 22, front)
    return sheet


def three_terms() -> Sheet:
    """One thread through autumn, spring and summer."""
    sheet = Sheet()
    y, radius = 500.0, 248.0
    autumn, spring, summer = (276.0, y), (800.0, y), (1324.0, y)
    for centre, tint in ((autumn, mix(OCHRE, 0.14)), (spring, mix(GREEN, 0.13)), (summer, mix(GOLD, 0.3))):
        sheet.disc(centre, radius, tint)
        sheet.ring(centre, radius, 3, mix(SLATE, 0.5))
    # Summer sun, behind the thread.
    sheet.disc(summer, 100, GOLD)
    for i in range(16):
        angle, end = tau * i / 16, 178 if i % 2 else 206
        sheet.path([on_ellipse(summer, 128, 128, angle), on_ellipse(summer, end, end, angle)], 10, GOLD)
    bends = ((-300, 62), (-248, 24), (-130, 78), (0, 4), (130, -82), (248, -16))
    thread = smooth(
        [(centre[0] + dx, y + dy) for centre in (autumn, spring, summer) for dx, dy in bends if dx > -300]
        + [(1640.0, 540.0)]
    )
    thread = smooth([(-30.0, 560.0), (28.0, 524.0)])[:-1] + thread
    sheet.path(thread, 14, GREEN)
    sheet.path(thread, 3, mix(GREEN, 0.55, MINT))
    fallen = (
        (-110, -96, 122, -0.5, GOLD), (62, -128, 98, -2.2, mix(OCHRE, 0.75, GOLD)), (-130, 124, 108, 0.35, mix(OCHRE, 0.55, GOLD)),
        (92, 66, 118, 0.9, OCHRE), (4, 150, 84, 2.4, GOLD), (96, -120, 84, -0.75, mix(OCHRE, 0.85)),
        (-196, -10, 76, -0.9, OCHRE), (40, 40, 70, 2.9, mix(OCHRE, 0.7, GOLD)),
    )  # fmt: skip
    for dx, dy, length, angle, colour in fallen:
        sheet.leaf((autumn[0] + dx, y + dy), length, angle, colour, mix(colour, 0.7, PAPER))
    # Spring shoots grow out of the thread itself.
    for at, tall, lean in ((690, 150, -14), (790, 224, 8), (892, 116, 6)):
        x, foot = min(thread, key=lambda p: abs(p[0] - at))
        stem = smooth([(x, foot), (x + lean * 0.3, foot - tall * 0.5), (x + lean, foot - tall)])
        sheet.path(stem, 9, mix(GREEN, 0.85))
        sheet.leaf((x + lean * 0.4, foot - tall * 0.46), 68, -2.5, mix(GREEN, 0.62, MINT))
        sheet.leaf((x + lean * 0.7, foot - tall * 0.66), 66, -0.6, mix(GREEN, 0.8, MINT))
        sheet.disc((x + lean, foot - tall - 4), 15, mix(MINT, 0.85))
    for centre in (autumn, spring, summer):
        for way in (-1, 1):
            edge = (centre[0] + way * radius, 0.0)
            near = min(thread, key=lambda p: abs(p[0] - edge[0]))
            sheet.disc(near, 15, PAPER)
            sheet.ring(near, 15, 5, SLATE)
    return sheet


def three_crooked_bridges() -> Sheet:
    """Three bridges, none of them straight, over one river."""
    sheet = Sheet(mix(MIST, 0.2))
    sheet.disc((330, 230), 84, mix(GOLD, 0.8))
    sheet.hills([(0, 420), (220, 330), (470, 430), (760, 270), (1060, 420), (1330, 310), (1600, 400)], mix(SLATE, 0.34))
    sheet.hills([(0, 540), (300, 450), (640, 530), (980, 440), (1290, 530), (1600, 460)], mix(GREEN, 0.36))
    sheet.hills([(0, 610), (360, 570), (800, 620), (1240, 565), (1600, 610)], mix(GREEN, 0.62))
    river = mix(SLATE, 0.46)
    sheet.hills([(0, 730), (300, 706), (800, 740), (1300, 704), (1600, 730)], river)
    ripples = Random(3)
    for _ in range(40):
        x, y = ripples.uniform(0, 1560), ripples.uniform(752, 900)
        sheet.path([(x, y), (x + ripples.uniform(30, 100), y)], 3.2, mix(SLATE, 0.32))
    for x, width, roof in ((118, 104, SLATE), (560, 90, OCHRE), (1500, 112, SLATE)):
        sheet.house((x, 640), width, PAPER, roof, GOLD)
    for x, tall in ((690, 96), (1010, 80), (1056, 112), (40, 90), (246, 74)):
        sheet.path([(x, 650), (x, 650 - tall * 0.5)], 8, OCHRE)
        sheet.oval((x, 650 - tall), tall * 0.34, tall * 0.56, GREEN)
    stone, shade = mix(INK, 0.25, SLATE), mix(SLATE, 0.72)
    for left, right, ends, rise, arches, lean in (
        (130, 540, (672, 708), 84, 2, 20),
        (610, 1010, (716, 676), 124, 1, -26),
        (1080, 1490, (676, 718), 74, 3, 16),
    ):
        span = right - left

        def deck(t: float, lift: float = 0) -> Point:
            y = ends[0] + (ends[1] - ends[0]) * t - rise * sin(pi * t) - lift  # noqa: B023
            return left + span * t + lean * sin(pi * t), y  # noqa: B023

        steps = [i / 60 for i in range(61)]
        sheet.shape([*(deck(t) for t in steps), (right, 870), (left, 870)], shade)
        holes = (span - 40) / arches
        for i in range(arches):
            middle = left + 20 + holes * (i + 0.5)
            wide = holes * 0.36
            high = (850 - deck((middle - left) / span)[1]) * 0.7
            for grow, colour in ((13, stone), (0, river)):
                bow = [on_ellipse((middle, 850), wide + grow, high + grow, pi + pi * j / 40) for j in range(41)]
                tilted = [(px + lean * (850 - py) / 200, py) for px, py in bow]
                sheet.shape([*tilted, (middle + wide + grow, 872), (middle - wide - grow, 872)], colour)
        sheet.path([deck(t) for t in steps], 18, stone)
        for i in range(13):
            sheet.path([deck(i / 12), deck(i / 12, 36)], 6, stone)
        sheet.path([deck(t, 36) for t in steps], 7, stone)
    sheet.hills([(0, 850), (300, 880), (700, 858), (1100, 890), (1600, 850)], GREEN)
    grass = Random(5)
    for _ in range(46):
        x, y = grass.uniform(0, 1600), grass.uniform(932, 990)
        sheet.leaf((x, y), grass.uniform(22, 44), -pi / 2 + grass.uniform(-0.5, 0.5), mix(GREEN, 0.8, MINT))
    return sheet


def roots_before_branches() -> Sheet:
    """An oak whose roots reach wider than its crown."""
    sheet = Sheet()
    ground = 560.0
    soil = mix(OCHRE, 0.13)
    sheet.hills([(0, 575), (400, 562), (800, 548), (1200, 562), (1600, 575)], soil)
    sheet.hills([(0, 770), (500, 745), (1100, 770), (1600, 750)], mix(OCHRE, 0.2))
    bark = mix(OCHRE, 0.82, INK)
    roots: list[tuple[list[Point], float]] = [
        ([(790, 540), (720, 600), (560, 640), (400, 740), (250, 760)], 46),
        ([(800, 540), (790, 640), (740, 740), (770, 840), (740, 905)], 44),
        ([(812, 540), (880, 610), (1040, 640), (1180, 730), (1350, 740)], 46),
        ([(784, 545), (690, 640), (600, 720), (520, 850), (440, 900)], 32),
        ([(820, 545), (910, 650), (980, 740), (1090, 840), (1180, 880)], 32),
        ([(780, 545), (640, 590), (420, 620), (220, 640)], 26),
        ([(825, 545), (960, 590), (1180, 610), (1400, 620)], 26),
        ([(560, 640), (480, 660), (330, 690), (120, 700)], 14),
        ([(1040, 640), (1120, 680), (1290, 680), (1490, 690)], 14),
        ([(735, 740), (650, 800), (630, 900)], 15),
        ([(765, 830), (850, 880), (880, 940)], 14),
        ([(960, 720), (950, 800), (1000, 900)], 15),
        ([(600, 720), (480, 760), (360, 850)], 14),
        ([(1090, 840), (1120, 890), (1100, 945)], 10),
        ([(1180, 730), (1260, 790), (1330, 850)], 13),
    ]
    for points, start in roots:
        sheet.taper(smooth(points), start, 4, bark)
    crown: list[tuple[float, float, float, Colour]] = [
        (800, 230, 150, mix(GREEN, 0.86, INK)), (650, 290, 112, mix(GREEN, 0.9, INK)), (950, 290, 112, mix(GREEN, 0.9, INK)),
        (560, 340, 78, GREEN), (1040, 340, 78, GREEN), (710, 180, 104, GREEN), (890, 180, 104, GREEN), (800, 130, 92, mix(GREEN, 0.88, MINT)),
        (610, 230, 74, mix(GREEN, 0.8, MINT)), (990, 230, 74, mix(GREEN, 0.8, MINT)), (740, 300, 84, mix(GREEN, 0.84, MINT)),
        (870, 310, 80, mix(GREEN, 0.74, MINT)), (680, 240, 52, mix(GREEN, 0.6, MINT)), (930, 150, 48, mix(GREEN, 0.6, MINT)),
        (800, 200, 58, mix(GREEN, 0.66, MINT)), (1010, 300, 40, mix(GREEN, 0.55, MINT)), (590, 310, 36, mix(GREEN, 0.55, MINT)),
    ]  # fmt: skip
    boughs: tuple[tuple[list[Point], float], ...] = (
        ([(800, 350), (720, 320), (620, 310)], 34),
        ([(800, 350), (880, 320), (980, 310)], 34),
    )
    for points, start in boughs:
        sheet.taper(smooth(points), start, 10, bark)
    sheet.shape(
        [*smooth([(738, ground + 6), (768, 500), (774, 320)]), *smooth([(826, 320), (832, 500), (862, ground + 6)])],
        bark,
    )
    for x, y, radius, colour in crown:
        sheet.disc((x, y), radius, colour)
    for points, _start in roots[:3]:
        sheet.disc(points[-1], 50, mix(GOLD, 0.35))
        sheet.disc(points[-1], 36, OCHRE)
        sheet.disc(points[-1], 19, GOLD)
    return sheet


def big_kettle() -> Sheet:
    """A round table, a big kettle, nine places and two seats apart."""
    sheet = Sheet(mix(MIST, 0.16))
    floor = [(0.0, 360.0), (WIDTH, 360.0), (WIDTH, HEIGHT), (0.0, HEIGHT)]
    sheet.shape([(x, y) for x, y in floor], mix(OCHRE, 0.1))
    sheet.path([(0, 360), (WIDTH, 360)], 4, LINE)
    centre = (800.0, 590.0)

    def stool(spot: Point, colour: Colour) -> None:
        x, y = spot
        for dx in (-34, 0, 34):
            sheet.path([(x + dx * 0.7, y + 6), (x + dx, y + 78)], 8, mix(colour, 0.7, INK))
        sheet.oval((x, y + 8), 56, 24, mix(colour, 0.7, INK))
        sheet.oval((x, y), 56, 24, colour)

    angles = [pi / 2 + tau * i / 9 for i in range(9)]
    seats = [on_ellipse(centre, 620, 275, angle) for angle in angles]
    hues = [GREEN, SLATE, mix(OCHRE, 0.8, GOLD)]
    places = sorted(zip(seats, angles, range(9), strict=True), key=lambda item: item[0][1])
    for seat, _angle, i in places:
        if seat[1] < centre[1] + 60:
            stool(seat, hues[i % 3])
    for way in (-1, 1):
        stool((800 + way * 690, 392), GOLD)
    # The table.
    for dx in (-180, 180):
        sheet.path([(800 + dx * 0.7, 640), (800 + dx, 900)], 30, mix(OCHRE, 0.8, INK))
    sheet.oval((800, 612), 500, 215, mix(OCHRE, 0.85, INK))
    sheet.oval(centre, 500, 215, mix(OCHRE, 0.5, GOLD))
    sheet.oval(centre, 470, 198, mix(OCHRE, 0.36, GOLD))
    # The two cups behind the kettle cannot be seen, so they are not drawn.
    cups = sorted((on_ellipse(centre, 400, 158, angle) for angle in angles), key=lambda p: p[1])[2:]

    def cup(spot: Point) -> None:
        x, y = spot
        sheet.oval((x, y + 20), 44, 15, PAPER)
        sheet.ring((x + 30, y - 4), 13, 6, PAPER)
        sheet.shape([(x - 29, y - 20), (x + 29, y - 20), (x + 19, y + 20), (x - 19, y + 20)], PAPER)
        sheet.oval((x, y + 19), 19, 7, PAPER)
        sheet.oval((x, y - 20), 29, 10, LINE)
        sheet.oval((x, y - 19), 24, 7, OCHRE)

    for spot in cups[:2]:
        cup(spot)
    # The kettle.
    x, base = 800.0, 640.0
    for dx, high in ((-34, 90), (0, 40), (34, 110)):
        foot = x + 300 + dx
        steam = smooth([(foot, 350), (foot + 26, 290), (foot - 20, (350 + high) / 2 - 20), (foot + 30, high)])
        sheet.taper(steam, 15, 3, mix(MIST, 0.75))
    sheet.oval((x, base + 4), 176, 40, mix(OCHRE, 0.7, GOLD))
    handle = [on_ellipse((x, 410), 142, 210, pi + pi * i / 60) for i in range(61)]
    sheet.path(handle, 20, INK)
    spout = smooth([(x + 120, 560), (x + 210, 520), (x + 236, 420), (x + 290, 380)])
    sheet.taper(spout, 74, 30, GREEN)
    body = smooth(
        [
            (x - 150, base - 8),
            (x - 186, 540),
            (x - 160, 430),
            (x - 90, 372),
            (x, 360),
            (x + 90, 372),
            (x + 160, 430),
            (x + 186, 540),
            (x + 150, base - 8),
        ]
    )
    sheet.shape(body, GREEN)
    sheet.oval((x, base - 8), 150, 30, GREEN)
    sheet.taper(smooth([(x - 130, 560), (x - 128, 470), (x - 84, 410)]), 10, 22, mix(GREEN, 0.62, MINT))
    sheet.oval((x, 372), 96, 24, mix(GREEN, 0.75, INK))
    sheet.oval((x, 362), 84, 22, mix(GREEN, 0.86, MINT))
    sheet.disc((x, 334), 20, GOLD)
    for spot in cups[2:]:
        cup(spot)
    for seat, _angle, i in places:
        if seat[1] >= centre[1] + 60:
            stool(seat, hues[i % 3])
    return sheet


PICTURES: dict[str, Callable[[], Sheet]] = {
    "coaching-triad": coaching_triad,
    "enquiry-cycle": enquiry_cycle,
    "seven-schools": seven_schools,
    "paths-to-the-lighthouse": paths_to_the_lighthouse,
    "moonlit-stairs": moonlit_stairs,
    "three-terms": three_terms,
    "three-crooked-bridges": three_crooked_bridges,
    "roots-before-branches": roots_before_branches,
    "big-kettle": big_kettle,
}


def main(names: Sequence[str]) -> int:
    """Draw the named pictures, or all of them."""
    unknown = [name for name in names if name not in PICTURES]
    if unknown:
        print(f"No such picture: {', '.join(unknown)}. There are: {', '.join(PICTURES)}", file=sys.stderr)
        return 2
    folder = Path(__file__).resolve().parent
    for name in names or PICTURES:
        path = folder / f"{name}.png"
        PICTURES[name]().save(path)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
