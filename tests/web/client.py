# SPDX-License-Identifier: GPL-2.0-or-later
"""For the tests of gazette-web: requests, pages taken to pieces, and checks that go on after a failure."""
import http.client
import sys
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

failures = 0


def check(condition, *what):
    """Reports WHAT unless CONDITION holds."""
    global failures
    if not condition:
        failures += 1
        print("FAILED:", *what)


def finish():
    sys.exit(1 if failures else 0)


class Answer:
    def __init__(self, response):
        self.code = response.status
        self.fields = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode("utf-8")


class Site:
    """A server, asked over one connection that is kept."""

    def __init__(self, url):
        self.host = urlsplit(url).netloc
        self.connection = http.client.HTTPConnection(self.host, timeout=60)

    def ask(self, target, method="GET", raw=False, **fields):
        """The answer to TARGET, whose characters are encoded unless it is RAW."""
        target = target if raw else quote(target, safe="/?&=%+#:,;@!$'()*~-._")
        headers = {name.replace("_", "-"): value for name, value in fields.items()}
        self.connection.request(method, target, headers=headers)
        return Answer(self.connection.getresponse())


VOID = {"meta", "link", "input", "br", "img", "hr"}
# SVG is written in full.


class Page(HTMLParser):
    """A page: its elements with attributes and text, and whether they are nested as they should be."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.ids, self.wrong = [], [], set(), []
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append("not closed: %s" % [element["tag"] for element in self.open])

    def handle_starttag(self, tag, attributes):
        element = {"tag": tag, "text": "", **dict(attributes)}
        self.elements.append(element)
        if "id" in element:
            if element["id"] in self.ids:
                self.wrong.append("twice: id %s" % element["id"])
            self.ids.add(element["id"])
        for name, _ in attributes:
            if name.startswith("on") or name == "style":
                self.wrong.append("an attribute %s" % name)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1]["tag"] != tag:
            self.wrong.append("</%s> in %s" % (tag, [element["tag"] for element in self.open]))
            return
        self.open.pop()

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, tag, **attributes):
        """Elements with TAG, which have each of ATTRIBUTES (class: among others)."""
        def fits(element):
            return all(value in (element.get(name.rstrip("_")) or "").split() if name == "class_"
                       else element.get(name) == value for name, value in attributes.items())
        return [element for element in self.elements if element["tag"] == tag and fits(element)]

    def texts(self, tag, **attributes):
        return [element["text"].strip() for element in self.all(tag, **attributes)]
