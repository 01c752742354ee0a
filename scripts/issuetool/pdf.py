# SPDX-License-Identifier: GPL-2.0-or-later
"""A clean issue → a typeset PDF and its true records.

The walk over the issue and the truth are those of `render`; here lines go to places on a page: columns, blocks across them,
tables with or without rules, pages turned on their side, vertical writing. Lengths are points; a page is set in a frame of its
own, where lines run to the right and follow each other downwards, and is turned when it is drawn.
"""
import math

import cairo

from .model import CARRIED, REPEATED, squeeze
from .render import Renderer
from .typeset import Line, Page, wrap

PAPER = (595.0, 842.0)     # A4
MARGIN = 57.0
GUTTER = 22.0
HEAD_SCALE = 1.25          # of titles and what stands with them
TURNS = ("right", "down", "up")
FORMS = ("columns", "single", "vertical")
SIDEWAYS = ("landscape", "down", "up")
HANGING = set("（）《》〈〉〔〕“”‘’「」『』【】［］—…：；")   # set on their side in vertical writing


class Setting:
    """How one issue is set; `form` is one of FORMS."""

    def __init__(self, rng, form, traditional):
        self.form = form
        self.vertical = form == "vertical"
        self.columns = 1 if form == "single" else 2
        self.length, self.depth = reversed(PAPER) if self.vertical else PAPER
        characters = 21 if self.columns == 2 else 45
        self.em = 12.0 if self.vertical else (self.length - 2 * MARGIN - GUTTER * (self.columns - 1)) / characters / self.columns
        self.pitch = self.em * rng.choice((1.5, 1.6, 1.7))
        self.column = characters * self.em
        self.width = self.columns * self.column + GUTTER * (self.columns - 1)
        self.left = (self.length - self.width) / 2
        self.rows = int((self.depth - 2 * MARGIN) / self.pitch)
        family = rng.choice(("Serif", "Serif", "Sans"))
        self.font = "Noto %s CJK %s" % (family, "TC" if traditional else "SC")
        self.sideways = rng.choice(SIDEWAYS)
        self.middle = rng.random() < 0.5       # cells are set to the middle of their height
        self.grid = rng.random() < 0.7         # rules at the sides of a table, too
        self.thick = rng.choice((0.4, 0.5, 0.75, 1.0))


class Sheet(Page):
    """A page: bands of lines across it, lines in columns, and tables, from the top down."""

    def __init__(self, setting, turn="right"):
        # `used` is what the walk asks and tells; here the bands know it.
        object.__setattr__(self, "closed", False)
        super().__init__()
        self.setting, self.turn, self.bands = setting, turn, []

    __slots__ = ("setting", "turn", "bands", "closed")

    @property
    def used(self):
        return 10 ** 9 if self.closed else math.ceil(self.height() * self.setting.columns) if hasattr(self, "bands") else 0

    @used.setter
    def used(self, value):
        if value >= 10 ** 9:
            object.__setattr__(self, "closed", True)

    def height(self, but_last=False):
        """Rows taken so far."""
        columns = self.setting.columns
        rows = 0.0
        for kind, what in self.bands[:-1] if but_last else self.bands:
            rows += (HEAD_SCALE * len(what) + 0.5 if kind == "span" else math.ceil(len(what) / columns) if kind == "flow"
                else what.height / self.setting.pitch + 1)
        return rows

    def band(self, kind):
        if not self.bands or self.bands[-1][0] != kind:
            self.bands.append((kind, []))
        return self.bands[-1][1]

    def room(self):
        """How many more lines the columns take."""
        last = self.bands and self.bands[-1][0] == "flow"
        rows = int(self.setting.rows - self.height(but_last=bool(last)))
        return rows * self.setting.columns - (len(self.bands[-1][1]) if last else 0)


class Grid:
    """The part of a table that stands on one page. Rows are [lines of each cell], a cell None where the one above goes on."""

    def __init__(self, widths, em, ruled, setting):
        self.widths, self.em, self.ruled, self.setting = widths, em, ruled, setting
        self.pitch = em * 1.4
        self.pad = em * (0.35 if ruled else 0.6)
        self.rows = []

    @property
    def height(self):
        return sum(self.row_height(row) for row in self.rows)

    def row_height(self, row):
        return max([len(cell) for cell in row if cell] + [1]) * self.pitch + 2 * self.pad

    def fits(self, row, room):
        return self.height + self.row_height(row) <= room


class Typesetter(Renderer):
    def __init__(self, issue, style, rng, setting):
        super().__init__(issue, style, rng)
        self.setting = setting
        self.align, self.full = {}, set()
        style.capacity = setting.rows * setting.columns

    # ---- lines ---------------------------------------------------------------------------------------------

    def new_page(self, turn=None):
        page = Sheet(self.setting, turn or ("down" if self.setting.vertical else "right"))
        self.pages.append(page)
        return page

    def put(self, lines, place="flow", cost=1):
        if place != "flow" and lines:
            if self.page.closed or self.page.height() + HEAD_SCALE * len(lines) + 4 > self.setting.rows:
                self.new_page()
            self.page.band("span").extend(lines)
            return
        if lines and self.align.get(id(lines[0])) == "centre" and not self.page.closed and self.page.room() < len(lines) + 2:
            self.new_page()     # a title is not parted from its text
        for line in lines:
            if self.page.closed or self.page.room() < 1:
                self.new_page()
            self.page.band("flow").append(line)

    def mark(self, lines, how):
        self.align.update((id(line), how) for line in lines)
        return lines

    def para_lines(self, rec, text, width=None, indent=True, kind=None, must_show_end=True):
        lines = super().para_lines(rec, text, width, indent, kind, must_show_end)
        self.full.update(id(line) for line in lines[:-1])
        return lines

    def centred(self, rec, text, widest, kind=None):
        return self.mark(super().centred(rec, text, widest, kind), "centre")

    def header(self, document, doc, kind):
        return self.mark(super().header(document, doc, kind), "centre")

    def sign(self, document, doc, kind=None):
        return self.mark(super().sign(document, doc, kind), "right")

    def plain_lines(self, rec, text, kind=None):
        width = 42 * self.setting.columns if kind and self.setting.columns == 2 else self.style.width
        return [Line([self.run(rec, text[a:b])], "", kind) for a, b in wrap(text, width, width)]

    # ---- parts ---------------------------------------------------------------------------------------------

    def document(self, document):
        if document.layout == "notice-b":
            document.layout = "notice-a"
        super().document(document)

    def para(self, para, place="flow", width=None, kind=None, closing=False, must_show_end=True):
        if width == 90 and self.setting.columns == 2:
            width = 84
        return super().para(para, place, None if width == 60 else width, kind, closing, must_show_end)

    def feature(self, document):
        """A feature article, its title across the page above it."""
        self.new_page()
        self.open_section(document)
        self.reset_path()
        doc = self.document_record(document)
        self.put(self.field_lines(doc, document.title, lambda rec, t: self.centred(rec, t, 60)), "late")
        for item in document.body:
            self.para(item)
        for caption in document.captions:
            self.caption(caption)

    def masthead_lines(self, rec, text):
        return self.mark(super().masthead_lines(rec, text), "centre")

    def front(self, document, place="late"):
        super().front(document, place)

    # ---- tables --------------------------------------------------------------------------------------------

    def sideways_page(self):
        turn = {"landscape": "right"}.get(self.setting.sideways, self.setting.sideways)
        page = self.new_page(turn)
        page.tight = True

    def sideways_lines(self, rec, text, kind=None):
        """Label and title of an attachment on a sideways page."""
        return self.mark([Line([self.run(rec, text)], "", kind)], "centre")

    def put_sideways(self, lines):
        self.page.band("span").extend(lines)

    def frame(self):
        """Length and depth of the type area of the page at hand."""
        wide, high = self.extent(self.page)
        return wide - 2 * MARGIN, high - 2 * MARGIN

    def extent(self, page):
        wide, high = PAPER
        if page.turn != "right" or (page.tight and self.setting.sideways == "landscape"):
            return high, wide
        return wide, high

    def widths(self, table, length, em):
        """Widths of the columns; the first one just holds a running number."""
        count = len(table.columns)
        number = em * 1.9
        if table.matrix:
            kind = em * 3.4
            return [number, kind] + [(length - number - kind) / (count - 2)] * (count - 2)
        shares = (0.22, 0.5, 0.28)
        return [number] + [(length - number) * share for share in shares]

    def grid(self, table):
        length, _depth = self.frame()
        em = 9.5
        return Grid(self.widths(table, length, em), em, table.style != "tab", self.setting)

    def cut(self, grid, rec, texts):
        """The lines of each cell; None stays None."""
        cells = []
        for text, width in zip(texts, grid.widths):
            units = max(2, int((width - 0.8 * grid.em) / grid.em * 2 + 0.2))
            cells.append(None if text is None else [self.run(rec, text[a:b]) for a, b in wrap(text, units, units)])
        return cells

    def table(self, table, number):
        above = dict.fromkeys(table.columns, "")
        if table.style == "sideways" and not self.page.tight:
            self.sideways_page()
        grid = self.begin_grid(table, False)
        for index, row in enumerate(table.rows, 1):
            cells, printed, carried = self.resolve(table, row, above)
            above = cells
            rec = self.row_record(table, index, number, cells, printed, carried)
            texts = [None if value == CARRIED and len(grid.rows) > 1 else text for value, text in zip(row, printed)]
            if index > 1 and REPEATED in row:
                grid = self.turn_grid(table)
            grid = self.set_row(table, grid, self.cut(grid, rec, texts), rec)
        if table.style == "sideways" or self.setting.vertical:
            self.page.used = 10 ** 9

    def begin_grid(self, table, repeated):
        page = self.page
        if not repeated and not page.tight and (self.setting.vertical or page.closed or
                page.height() > self.setting.rows * 0.6):
            self.new_page("right")
        grid = self.grid(table)
        rec, names = self.table_head(table, repeated)
        grid.rows.append(self.cut(grid, rec, names))
        self.page.bands.append(("table", grid))
        return grid

    def turn_grid(self, table):
        if table.style == "sideways":
            self.sideways_page()
        else:
            self.new_page("right")
        return self.begin_grid(table, True)

    def set_row(self, table, grid, cells, rec):
        """The row on this page, on the next, or cut by the page end."""
        _length, depth = self.frame()
        taken = sum(b.height + self.setting.pitch for k, b in self.page.bands[:-1] if k == "table")
        taken += sum(HEAD_SCALE * len(b) + 0.5 for k, b in self.page.bands[:-1] if k == "span") * self.setting.pitch
        taken += sum(math.ceil(len(b) / self.setting.columns) for k, b in self.page.bands[:-1] if k == "flow") * self.setting.pitch
        room = depth - taken
        if grid.fits(cells, room):
            grid.rows.append(cells)
            return grid
        lines = int((room - grid.height - 2 * grid.pad) / grid.pitch)
        if grid.ruled and lines >= 3 and self.rng.random() < 0.5:
            grid.rows.append([cell and cell[:lines] for cell in cells])
            cells = [cell and cell[lines:] for cell in cells]
            rec.damage.add("page-break")
        else:
            cells = [cell or [] for cell in cells]
        grid = self.turn_grid(table)
        grid.rows.append([cell or [] for cell in cells])
        return grid

    # ---- drawing -------------------------------------------------------------------------------------------

    def write_pdf(self, path):
        """Draws the pages; every record learns on which it stands."""
        surface = cairo.PDFSurface(str(path), *PAPER)
        self.cairo = cairo.Context(surface)
        self.cairo.select_font_face(self.setting.font)
        for number, page in enumerate(self.pages, 1):
            wide, high = PAPER
            if page.turn == "right":
                wide, high = self.extent(page)
            surface.set_size(wide, high)
            if page.label:
                surface.set_page_label(page.label)
            self.draw(page, number, wide, high)
            surface.show_page()
        surface.finish()

    def draw(self, page, number, wide, high):
        self.number = number
        self.turn, self.wide, self.high = page.turn, wide, high
        self.upright = self.setting.vertical and page.turn == "down" and not page.tight
        top = MARGIN
        for kind, what in page.bands:
            top = getattr(self, "draw_" + kind)(page, what, top)
        self.turn, self.upright = "right", False
        for lines, y in ((page.head, 34.0), (page.foot, high - 28.0)):
            for k, line in enumerate(lines):
                self.text(line.runs, MARGIN if k == 0 else wide - MARGIN, y, 9.0, "left" if k == 0 else "right", 0)

    def area(self, page):
        """Left edge and width of the type area in the frame of the page."""
        if page.tight or (self.setting.vertical and page.turn == "right"):
            wide, _high = self.extent(page)
            return MARGIN, wide - 2 * MARGIN
        return self.setting.left, self.setting.width

    def draw_span(self, page, lines, top):
        left, width = self.area(page)
        pitch = self.setting.pitch * HEAD_SCALE
        for line in lines:
            how = self.align.get(id(line), "left")
            em = self.setting.em * (HEAD_SCALE if how == "centre" else 1)
            self.line(line, left, top + pitch / 2, width, em, how)
            top += pitch
        return top + self.setting.pitch * 0.5

    def draw_flow(self, page, lines, top):
        setting = self.setting
        last = page.bands[-1][1] is lines
        rows = math.ceil(len(lines) / setting.columns)
        if last:
            rows = max(rows, int(setting.rows - page.height(but_last=True)))
        for i, line in enumerate(lines):
            column, row = divmod(i, rows)
            left = setting.left + column * (setting.column + GUTTER)
            how = self.align.get(id(line), "left")
            self.line(line, left, top + (row + 0.5) * setting.pitch, setting.column, setting.em, how)
        return top + min(rows, len(lines)) * setting.pitch

    def line(self, line, left, y, width, em, how):
        """A line whose middle is at `y`."""
        indent = 0.0 if how != "left" else sum(em if c == "\u3000" else em / 2 for c in line.prefix)
        at = {"left": left + indent, "centre": left + width / 2, "right": left + width - 2 * em}[how]
        fill = width - indent if id(line) in self.full else 0
        self.text(line.runs, at, y, em, how, fill, width - indent)

    def text(self, runs, at, y, em, how, fill, most=None):
        """Glyph by glyph: a full line is justified, one that is too long is set closer."""
        glyphs = []
        for rec, start, printed in runs:
            if rec is not None:
                rec.runs.append((start, 0, printed, self.number))
            glyphs += list(printed)
        self.printed.append("".join(glyphs))
        advances = [self.advance(c, em) for c in glyphs]
        total = sum(advances)
        most = most or total
        extra = (fill - total) / max(1, len(glyphs) - 1) if fill else min(0.0, (most - total) / max(1, len(glyphs)))
        total += extra * len(glyphs)
        at -= {"left": 0, "centre": total / 2, "right": total}[how]
        for glyph, advance in zip(glyphs, advances):
            if squeeze(glyph):
                self.glyph(glyph, at, y, advance, em)
            at += advance + extra

    def advance(self, glyph, em):
        if glyph == "\u3000":
            return em
        if self.upright and not (glyph.isascii() or glyph in HANGING):
            return em
        key = glyph
        if key not in self.advances:
            self.cairo.set_font_size(100)
            self.advances[key] = self.cairo.text_extents(glyph).x_advance / 100
        return self.advances[key] * em

    def place(self, x, y):
        """Where a place of the frame is on the paper."""
        if self.turn == "down":
            return self.wide - y, x
        if self.turn == "up":
            return y, self.high - x
        return x, y

    def glyph(self, glyph, x, y, advance, em):
        cr = self.cairo
        cr.set_font_size(em)
        cr.save()
        angle = {"right": 0.0, "down": math.pi / 2, "up": -math.pi / 2}[self.turn]
        if self.upright and not (glyph.isascii() or glyph in HANGING):
            px, py = self.place(x, y)
            cr.move_to(px - em / 2, py + em * 0.88)
        else:
            px, py = self.place(x, y)
            cr.translate(px, py)
            cr.rotate(angle)
            cr.move_to(0, em * 0.38)
        cr.show_text(glyph)
        cr.restore()

    def rule(self, x1, y1, x2, y2):
        self.cairo.set_line_width(self.setting.thick)
        self.cairo.move_to(*self.place(x1, y1))
        self.cairo.line_to(*self.place(x2, y2))
        self.cairo.stroke()

    def draw_table(self, page, grid, top):
        left, _width = self.area(page)
        if not (page.tight or self.setting.vertical):
            left = MARGIN
        top += self.setting.pitch * 0.5
        edges = [left]
        for width in grid.widths:
            edges.append(edges[-1] + width)
        tops = [top]
        for row in grid.rows:
            tops.append(tops[-1] + grid.row_height(row))
        for r, row in enumerate(grid.rows):
            for c, cell in enumerate(row):
                if cell is not None:
                    self.draw_cell(grid, r, c, cell, edges, tops)
        if grid.ruled:
            self.rule_table(grid, edges, tops)
        return tops[-1] + self.setting.pitch * 0.5

    def draw_cell(self, grid, r, c, cell, edges, tops):
        below = r + 1
        while below < len(grid.rows) and grid.rows[below][c] is None:
            below += 1
        y = tops[r] + grid.pad
        if grid.ruled and self.setting.middle:
            y = (tops[r] + tops[below] - len(cell) * grid.pitch) / 2
        for k, run in enumerate(cell):
            width = edges[c + 1] - edges[c] - 0.8 * grid.em
            self.text([run], edges[c] + 0.4 * grid.em, y + (k + 0.5) * grid.pitch, grid.em, "left", 0, width)

    def rule_table(self, grid, edges, tops):
        for r, y in enumerate(tops):
            for c in range(len(grid.widths)):
                if r == 0 or r == len(grid.rows) or grid.rows[r][c] is not None:
                    self.rule(edges[c], y, edges[c + 1], y)
        for c, x in enumerate(edges):
            if self.setting.grid or 0 < c < len(grid.widths):
                self.rule(x, tops[0], x, tops[-1])

    # ---- truth ---------------------------------------------------------------------------------------------

    def typeset(self, path):
        """Writes the PDF and returns its true records; `source` is left out, since the text is the reader's own."""
        self.printed, self.advances = [], {}
        issue_rec = self.record("issue", "")
        for document in self.issue.documents:
            getattr(self, self.PARTS[document.cls])(document)
        self.furniture()
        self.write_pdf(path)
        for rec in self.records:
            rec.damage.add(self.setting.form)
        self.forget_unprinted("".join(self.printed))
        records = self.emit(issue_rec, "")
        for rec in records:
            rec["source"] = []
        return records


