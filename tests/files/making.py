"""Documents and pictures for tests: honest ones that say a hidden word in every place, and hostile ones."""

import io
import zipfile
import zlib
from typing import Any

import pillow_heif
from fpdf import FPDF
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text

HIDDEN = "CUDDUNIGRYW"  # stands wherever a document or a picture says something beside what it shows
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


# --- Word -----------------------------------------------------------------------------------------------------------------


def relations(*found: tuple[str, str, str]) -> str:
    """`found`: kind, target and mode of each."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"{f" TargetMode={mode!r}" if mode else ""}/>'
        for number, (kind, target, mode) in enumerate(found, start=1)
    ).replace("'", '"')
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def body(inside: str) -> str:
    return f'{_XML}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{inside}</w:body></w:document>'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # the same bytes at any time
    return out.getvalue()


def word(
    inside: str = paragraph("Darllen gyda’n gilydd"),
    parts: dict[str, str | bytes] | None = None,
    *,
    main_type: str = _MAIN_TYPE,
) -> bytes:
    """A small .docx, with these parts beside its text (or in place of it)."""
    types = (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="jpg" ContentType="image/jpeg"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>'
        '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.comments+xml"/></Types>'
    )
    start = relations(("officeDocument", "word/document.xml", ""))
    return zipped(
        {"[Content_Types].xml": types, "_rels/.rels": start, "word/document.xml": body(inside), **(parts or {})}
    )


#: Where the hidden word stands in `telling_word`, with the letter behind it there.
IN_WORD = dict(
    zip(
        (
            "deleted",
            "who deleted",
            "hidden",
            "moved",
            "field",
            "comment",
            "who commented",
            "creator",
            "company",
            "data",
        ),
        "abcdefghij",
        strict=True,
    )
)


def telling_word() -> bytes:
    """A .docx that says the hidden word wherever Word keeps something that a reader does not see."""
    at = {place: f"{HIDDEN}{letter}" for place, letter in IN_WORD.items()}
    inside = (
        f'<w:p w:rsidR="{HIDDEN}"><w:commentRangeStart w:id="0"/><w:r><w:t>Cyn </w:t></w:r>'
        f'<w:del w:id="1" w:author="{at["who deleted"]}"><w:r><w:delText>{at["deleted"]}</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="{HIDDEN}"><w:r><w:t>ac ar ôl</w:t></w:r></w:ins>'
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{at['hidden']}</w:t></w:r></w:p>"
        f'<w:p><w:moveFrom w:id="3" w:author="{HIDDEN}"><w:r><w:t>{at["moved"]}</w:t></w:r></w:moveFrom></w:p>'
        f'<w:p><w:pPr><w:pPrChange w:author="{HIDDEN}"><w:pPr><w:jc w:val="{HIDDEN}"/></w:pPr></w:pPrChange></w:pPr>'
        '<w:hyperlink r:id="rId1"><w:r><w:t>dolen</w:t></w:r></w:hyperlink></w:p>'
        f'<w:p><w:r><w:instrText>INCLUDETEXT "{at["field"]}.docx"</w:instrText></w:r></w:p>'
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="rId2"/>'
        f"</w:drawing></w:r></w:p><!-- {HIDDEN} -->"
    )
    comments = (
        f'{_XML}<w:comments xmlns:w="{W}"><w:comment w:author="{at["who commented"]}">{paragraph(at["comment"])}'
        "</w:comment></w:comments>"
    )
    core = (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{at['creator']}</dc:creator></cp:coreProperties>"
    )
    settings = (
        f'{_XML}<w:settings xmlns:w="{W}" xmlns:r="{R}"><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsid w:val="{HIDDEN}"/>'
        f'</w:rsids><w:docVars><w:docVar w:name="{HIDDEN}"/></w:docVars></w:settings>'
    )
    return word(
        inside,
        {
            "word/_rels/document.xml.rels": relations(
                ("hyperlink", "https://example.org/", "External"),
                ("image", "media/a.jpg", ""),
                ("comments", "comments.xml", ""),
            ),
            "word/_rels/settings.xml.rels": relations(("attachedTemplate", f"file:///C:/{HIDDEN}.dotm", "External")),
            "word/comments.xml": comments,
            "word/settings.xml": settings,
            "docProps/core.xml": core,
            "docProps/app.xml": f"{_XML}<Properties><Company>{at['company']}</Company></Properties>",
            "customXml/item1.xml": f"{_XML}<a>{at['data']}</a>",
            "word/media/a.jpg": photograph(),
        },
    )


# --- PDF ------------------------------------------------------------------------------------------------------------------


def pdf(*pages: str) -> FPDF:
    made = FPDF()
    made.set_font("helvetica")
    for text in pages or ("Reading together",):
        made.add_page()
        made.cell(text=text)
    return made


def pdf_bytes(*pages: str) -> bytes:
    return bytes(pdf(*pages).output())


def telling_pdf() -> bytes:
    """A PDF with the hidden word in its properties, a comment, a photograph, a form, and in what it said before."""
    made = pdf("Reading together")
    made.image(io.BytesIO(photograph()), w=20)
    made.cell(text="a link", link="https://example.org/")
    writer = PdfWriter(io.BytesIO(bytes(made.output())))
    writer.add_metadata({"/Author": HIDDEN, "/Title": HIDDEN})
    writer.xmp_metadata = (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"<rdf:Description>{HIDDEN}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()  # type: ignore[assignment]
    writer.add_annotation(page_number=0, annotation=Text(rect=(50, 550, 200, 650), text=f"{HIDDEN} comment"))
    writer.add_outline_item(title=HIDDEN, page_number=0)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def saved_over() -> bytes:
    """A PDF whose words were taken away by saving over it: the earlier ones are still in the file."""
    first = pdf_bytes(HIDDEN)
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    from pypdf.generic import DecodedStreamObject, NameObject

    blank = DecodedStreamObject()
    blank.set_data(b"BT ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(blank)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with(change: Any) -> bytes:
    """A PDF after `change(writer)`."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf_bytes())).stream)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# --- pictures -------------------------------------------------------------------------------------------------------------


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = HIDDEN
    exif[0x013B] = HIDDEN
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[0x1D] = "N", (53.0, 13.0, 33.0), HIDDEN
    return exif


_XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{HIDDEN}</x:xmpmeta>".encode()


def _profile() -> bytes:
    """A real colour profile that says the hidden word."""
    from PIL import ImageCms

    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(data) + HIDDEN.encode()


def _saved(image: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _teal() -> Image.Image:
    return Image.new("RGB", (60, 40), "teal")


def photograph() -> bytes:
    return (
        _saved(_teal(), "JPEG", exif=_exif(), xmp=_XMP, comment=HIDDEN.encode(), icc_profile=_profile())
        + HIDDEN.encode()
    )


def _mpo() -> bytes:
    """What some telephones write: a second picture, with words of its own, behind the first."""
    second = Image.open(io.BytesIO(photograph()))
    return _saved(Image.open(io.BytesIO(photograph())), "MPO", save_all=True, append_images=[second], exif=_exif())


def _png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", HIDDEN)
    words.add_text("Author", HIDDEN, zip=False)
    words.add_itxt("XML:com.adobe.xmp", _XMP.decode())
    return _saved(_teal(), "PNG", pnginfo=words, exif=_exif(), icc_profile=_profile()) + HIDDEN.encode()


def _webp() -> bytes:
    return _saved(_teal(), "WEBP", exif=_exif(), xmp=_XMP, icc_profile=_profile())


def _heic() -> bytes:
    file = pillow_heif.from_pillow(_teal())
    file.add_from_pillow(Image.new("RGB", (64, 64), "red"))
    out = io.BytesIO()
    file.save(out, exif=_exif().tobytes(), xmp=_XMP, quality=80)
    return out.getvalue()


TELLING = {"JPEG": photograph, "MPO": _mpo, "PNG": _png, "WEBP": _webp, "HEIC": _heic}


def flat_png(side: int) -> bytes:
    """A PNG that says it is so many pixels square, and is a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    header = side.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
