"""The look of a report on paper: fonts, headings, tables and pictures as Word and LibreOffice expect them.

Source: EN 301 549 chapter 10 (documents): real headings, language, header rows, alternative text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Inches, Pt, RGBColor

from workshop.documents.blocks import Cell
from workshop.exports.cells import file_text, line
from workshop.exports.names import language_tag
from workshop.exports.pictures import Drawn
from workshop.locale import _, format_number

_FONT = "Arial"
_TEXT, _SECOND, _PRIMARY = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x4A, 0x4A, 0x4A), RGBColor(0x15, 0x42, 0x73)
_RULE, _TINT = "D5D9DE", "F1F4F8"
#: Word's id of the style "Cel".
_CELL_STYLE_ID = "Cel"
_PAGE_WIDTH = Cm(21 - 2 * 2.25)

#: Tables of at most so many rows stay on one page.
ROWS_TOGETHER = 10
#: Characters of a cell up to which its row stays on one page.
LONGEST_WHOLE = 600
#: Characters of one text in a report; the workbook holds the whole.
LONGEST_TEXT = 4_000


class Paper:
    """An A4 document that is written from top to bottom; every text passes :func:`paper_text` on its way in."""

    def __init__(self, *, title: str, author: str, moment: datetime, footer: str, language: str) -> None:
        self.document = Document()
        self.language = language_tag(language)
        self._styles()
        self._page(footer)
        told = self.document.core_properties
        told.title, told.author, told.last_modified_by = line(title)[:255], line(author)[:255], line(author)[:255]
        told.subject = told.comments = told.keywords = told.category = ""
        told.language = self.language
        told.created = told.modified = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)

    def bytes(self) -> bytes:
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    @contextmanager
    def speaking(self, language: str) -> Iterator[None]:
        """What is written meanwhile is in this language: a reader that speaks changes its voice (EN 301 549, 10.3.1.2)."""
        tag = language_tag(language)
        body = self.document.element.body
        before = len(body)
        yield
        if tag == self.language:
            return
        # The last element is the page itself: what is new stands before it.
        for element in body[before - 1 : -1]:
            for run in element.iter(qn("w:r")):
                _child(run.get_or_add_rPr(), "w:lang", val=tag)

    # -- what stands on it ---------------------------------------------------------------------------------------------

    def title(self, text: str, under: str) -> None:
        self.document.add_paragraph(line(text), style="Title")
        self.document.add_paragraph(line(under), style="Subtitle")

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        paragraph = self.document.add_heading(line(text), level)
        paragraph.paragraph_format.page_break_before = new_page

    def text(self, text: str, *, bold: bool = False, style: str | None = None) -> None:
        run = self.document.add_paragraph(style=style).add_run(paper_text(text))
        run.bold = bold or None

    def small(self, text: str) -> None:
        self.text(text, style="Toelichting")

    def bullets(self, texts: Sequence[str]) -> None:
        for text in texts:
            self.document.add_paragraph(paper_text(text), style="List Bullet")

    def pair(self, heading: str, text: str) -> None:
        """A word in bold and what it says, as one paragraph."""
        paragraph = self.document.add_paragraph()
        paragraph.add_run(f"{line(heading)}. ").bold = True
        paragraph.add_run(paper_text(text))

    def box(self, heading: str, text: str, under: str = "") -> None:
        """The one thing that heads everything: set apart by a line at its side, as a paragraph and not a picture."""
        parts = [(heading, "Kader kop"), (text, "Kader"), *([(under, "Kader klein")] if under else [])]
        for words, style in parts:
            self.document.add_paragraph(paper_text(words), style=style)

    def picture(self, drawn: Drawn, description: str) -> None:
        """A picture with alternative text; what it leaves out stands under it."""
        shape = self.document.add_picture(io.BytesIO(drawn.png), width=Inches(drawn.width))
        self.document.paragraphs[-1].paragraph_format.keep_with_next = bool(drawn.note)
        said = shape._inline.docPr
        said.set("descr", line(description))
        said.set("name", f"Afbeelding {said.get('id')}")
        if drawn.note:
            self.small(drawn.note)

    def table(
        self, caption: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float] = ()
    ) -> None:
        """A table under its caption. The first row repeats on every page; ``widths`` are shares of the page."""
        if caption:
            self.document.add_paragraph(line(caption), style="Caption")
        shares = list(widths or _shares(header, rows))
        numeric = [bool(rows) and all(_is_number(row[column]) for row in rows) for column in range(len(header))]
        is_short = len(rows) <= ROWS_TOGETHER
        table = self.document.add_table(rows=0, cols=len(header), style="Rustig")
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        for place, values in enumerate((header, *rows)):
            row = table.add_row()
            # A row longer than a page that may not be cut sends a word processor round in circles.
            is_long = any(isinstance(value, str) and len(value) > LONGEST_WHOLE for value in values)
            _set_row(row, stays_whole=not is_long, repeats=place == 0)
            for cell, value, share, is_numeric in zip(row.cells, values, shares, numeric, strict=True):
                cell.width = int(_PAGE_WIDTH * share)
                _fill(cell, value, is_head=place == 0, to_right=is_numeric or _is_number(value))
                # A short table is not cut in two by the end of a page.
                cell.paragraphs[0].paragraph_format.keep_with_next = place == 0 or (is_short and place < len(rows))
        for column, share in zip(table.columns, shares, strict=True):
            column.width = int(_PAGE_WIDTH * share)
        properties = table._tbl.tblPr
        _child(properties, "w:tblCaption", val=line(caption)[:250])
        look = properties.find(qn("w:tblLook"))
        if look is not None:
            # Only the first row is a heading: a reader that speaks would call the first column one as well.
            for name, value in (("firstRow", "1"), ("firstColumn", "0"), ("lastRow", "0"), ("lastColumn", "0")):
                look.set(qn(f"w:{name}"), value)
        self.document.add_paragraph(style="Na tabel")

    # -- how it looks --------------------------------------------------------------------------------------------------

    def _styles(self) -> None:
        styles = self.document.styles
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        spoken = defaults.find(qn("w:lang"))
        if spoken is None:
            spoken = OxmlElement("w:lang")
            defaults.append(spoken)
        for name in ("val", "eastAsia"):
            spoken.set(qn(f"w:{name}"), self.language)
        _style(styles["Normal"], 10.5, after=6, spacing=1.2)
        _style(styles["Title"], 26, bold=True, colour=_PRIMARY, after=2)
        _style(styles["Subtitle"], 12, colour=_SECOND, after=14)
        for name, points, before in (("Heading 1", 18, 20), ("Heading 2", 14, 16), ("Heading 3", 12, 12)):
            _style(styles[name], points, bold=True, colour=_PRIMARY, before=before, after=5, keep=True)
        _style(styles["Caption"], 9.5, bold=True, colour=_TEXT, before=6, after=3, keep=True)
        for name in ("List Bullet", "List Number"):
            _style(styles[name], 10.5, after=3, spacing=1.2)
        for name, size, colour, bold in (
            ("Toelichting", 9, _SECOND, False),
            ("Cel", 9, _TEXT, False),
            ("Kader kop", 9.5, _SECOND, True),
            ("Kader", 14, _TEXT, True),
            ("Kader klein", 9, _SECOND, False),
            ("Na tabel", 4, _TEXT, False),
        ):
            made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            made.base_style = styles["Normal"]
            _style(made, size, colour=colour, bold=bold, after=2 if name in ("Cel", "Na tabel") else 5)
            if name.startswith("Kader"):
                _beside(made)
                made.paragraph_format.keep_with_next = name != "Kader klein"
        quiet = styles.add_style("Rustig", WD_STYLE_TYPE.TABLE)
        quiet.base_style = styles["Normal Table"]
        _thin_rules(quiet)

    def _page(self, footer: str) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.25)
        section.top_margin, section.bottom_margin = Cm(2), Cm(2)
        paragraph = section.footer.paragraphs[0]
        paragraph.style = self.document.styles["Toelichting"]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        paragraph.add_run(f"{line(footer)} · ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" / ")
        _field(paragraph, "NUMPAGES")


def _style(
    style: Any,
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor = _TEXT,
    before: float = 0,
    after: float = 0,
    spacing: float = 1.1,
    keep: bool = False,
) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = _FONT, Pt(size), bold, False
    font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in name:  # a theme font wins over a named one
            del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), _FONT)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), spacing
    shape.keep_with_next = keep
    for border in style.element.findall(f".//{qn('w:pBdr')}"):  # the line under Word's own title
        border.getparent().remove(border)


def _beside(style: Any) -> None:
    """A line at the left of a paragraph style."""
    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    _child(borders, "w:left", val="single", sz="36", space="10", color="154273")
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(borders) if spacing is not None else properties.append(borders)
    style.paragraph_format.left_indent = Cm(0.5)


def _thin_rules(style: Any) -> None:
    properties = OxmlElement("w:tblPr")
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        _child(borders, f"w:{side}", val="single", sz="4", space="0", color=_RULE)
    properties.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side, size in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70)):
        _child(margins, f"w:{side}", w=str(size), type="dxa")
    properties.append(margins)
    style.element.append(properties)


def _set_row(row: Any, *, stays_whole: bool, repeats: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    if stays_whole:
        _child(properties, "w:cantSplit")
    if repeats:
        _child(properties, "w:tblHeader")


def paper_text(value: object) -> str:
    """``value`` as a report holds it; an absurdly long text is cut and says so."""
    text = file_text(value)
    if len(text) <= LONGEST_TEXT:
        return text
    return text[:LONGEST_TEXT] + _(" [ingekort: de hele tekst staat in het Excel-bestand]")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fill(cell: Any, value: Any, *, is_head: bool, to_right: bool) -> None:
    paragraph = cell.paragraphs[0]
    # By its id: by name python-docx reads all styles again for every cell, which is half the time of a report.
    paragraph._p.style = _CELL_STYLE_ID
    run = paragraph.add_run(format_number(value) if _is_number(value) else paper_text(value))
    run.bold = is_head or None
    if to_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if is_head:
        _child(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=_TINT)


def _shares(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[float]:
    """Widths by what stands in the columns: a number needs little, a text at most half the page."""
    needs: list[float] = []
    for column, heading in enumerate(header):
        longest = max((len(line(row[column])) for row in rows), default=0)
        word = max((len(part) for part in line(heading).split()), default=0)
        needs.append(min(46, max(9, word + 4, longest if longest < 14 else longest * 0.7)))
    return [need / sum(needs) for need in needs]


def _field(paragraph: Any, code: str) -> None:
    """A number that the reader's program fills in."""
    run = paragraph.add_run()
    for kind, words in (("begin", None), (None, code), ("separate", None), ("text", "1"), ("end", None)):
        if kind == "text":
            element = OxmlElement("w:t")
            element.text = words
        elif kind is None:
            element = OxmlElement("w:instrText")
            element.text = f" {words} "
            element.set(qn("xml:space"), "preserve")
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _child(parent: Any, tag: str, **values: str) -> None:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
