# SPDX-License-Identifier: GPL-2.0-or-later
"""See pages.sh. Expected texts are those of corpus/issues."""
import csv
import io
import json
import sys
import xml.etree.ElementTree as xml
from urllib.parse import quote, unquote, urljoin, urlsplit

from client import Page, Site, check, finish

site = Site(sys.argv[1])


def page(target, code=200, **fields):
    """The page at TARGET, which has to be good HTML with all that every page has."""
    answer = site.ask(target, **fields)
    check(answer.code == code, target, "is", answer.code, "not", code)
    check(answer.fields.get("content-type") == "text/html; charset=utf-8", target, answer.fields)
    check("default-src 'none'" in answer.fields.get("content-security-policy", ""), target, "has no policy")
    check(answer.fields.get("x-content-type-options") == "nosniff", target)
    read = Page(answer.text)
    check(not read.wrong, target, read.wrong)
    check(len(read.all("h1")) == 1, target, "has not one h1:", read.texts("h1"))
    check(read.all("main") and read.all("form", role="search"), target, "lacks main or search")
    check(all(element.get("href") for element in read.all("a")), target, "has a link to nowhere")
    read.answer = answer
    return read


def leads(target, to):
    """TARGET leads to TO, 302."""
    answer = site.ask(target)
    where = unquote(answer.fields.get("location", ""))
    check(answer.code == 302 and where == to, target, "leads to", answer.code, where, "not", to)


def has(read, text, *what):
    check(text in read.answer.text, "missing:", text, *what)


# --- the first page, issues ---

home = page("/")
check("云港市人民政府公报 2024年第3期" in home.texts("a"), "no issue on the first page", home.texts("a"))
has(home, "云港市公报&lt;试&gt;")
check("<试>" not in home.answer.text, "a name is not escaped")
issues = page("/issues")
check(issues.texts("h2") == ["2024"], issues.texts("h2"))
issue = page("/issue/yungang-2024-03")
check(issue.texts("h2") == ["文件发布", "政务简讯"], issue.texts("h2"))
check("关于江树声等同志职务任免的通知" in issue.texts("a"), issue.texts("a"))
leads("/issue/2024年第2期", "/issue/lanchuan-2024-02")
check(len(page("/issue/2024年").all("ul", class_="issues")) == 1, "the issues of a year")
page("/issue/nowhere", 404)

# --- search ---

found = page("/search?q=历史建筑普查")
check(found.texts("mark")[:1] == ["历史建筑普查"], found.texts("mark"))
check(any("澜川市历史建筑保护办法" in text for text in found.texts("h2")), found.texts("h2"))
read = page("/search?q=市教育局牵头的任务")
check(read.texts("p", class_="readings")[0].startswith("读作 单位 市教育局"), read.texts("p", class_="readings"))
refuse = read.all("a", class_="refuse")[0]["href"]
check(unquote(refuse) == "/search?keyword=市教育局牵头的任务", refuse)
check(not page(unquote(refuse)).all("p", class_="readings"), "a reading that was refused")
check("市教育局" in read.texts("mark"), read.texts("mark"))
narrowed = page("/search?q=教育&issuer=云港市人民政府办公室")
check(len(narrowed.all("li", class_="hit")) == 1, "hits of one issuer:", narrowed.texts("h2"))
check("发文机关：云港市人民政府办公室" in narrowed.texts("ul", class_="filters")[0], narrowed.texts("ul"))
wide = page("/search?q=教育")
facet = [a["href"] for a in wide.all("a") if a["text"] == "云港市人民政府办公室" and "issuer=" in a["href"]]
check(facet and unquote(facet[0]) == "/search?q=教育&issuer=云港市人民政府办公室", facet)
check(wide.all("svg", class_="timeline"), "no timeline")
month = [a["href"] for a in wide.all("a") if "since=2024-03&until=2024-03" in a["href"]]
check(len(month) == 1, "one bar for March:", month)
check({hit["text"] for hit in page(unquote(month[0])).all("time")} <= {"2024-03-%02d" % day for day in range(1, 32)}, month)
units = page("/search?q=教育&level=unit&limit=5")
check(len(units.all("li", class_="hit")) == 5, "limit")
following = [a["href"] for a in units.all("a", rel="next")]
check(following == ["/search?q=" + quote("教育") + "&level=unit&limit=5&offset=5"], following)
check(page(unquote(following[0])).all("ol", start="6"), "the next page begins with 6")
check("未找到" in page("/search?q=龘靐齉").answer.text, "nothing is found")
check(page("/search?keyword=教育&kwic=20").all("li", class_="line"), "lines")
check(page("/search?cited-by=云政办〔2024〕21号").texts("strong")[:1], "citations")
check(page("/search?cited-not-held=1").all("li", class_="cited_only"), "numbers that are not held")
leads("/search?q=", "/")
page("/search?q=日期:改天", 400)
page("/search?sort=sideways&q=教育", 400)
for hostile in ("\"><script>alert(1)</script>", "'><script>alert(1)</script>", "标题:\"<script>"):
    answer = site.ask("/search?q=" + hostile)
    check(answer.text.count("<script") == 1 and "&lt;script&gt;" in answer.text, "a script got in by", hostile)

# --- numbers, units, days, series, citations ---

leads("/number/雲政發２０２４第八號", "/doc/yungang-2024-03/2")
leads("/number/云政发〔2024〕8号", "/doc/yungang-2024-03/2")
cited = page("/number/国办发〔2023〕41号")
check("馆藏中没有这份文件，但有文件引用它。" in cited.answer.text and len(cited.all("mark")) == 2, "cited only")
check(len(page("/number/云政办〔2024〕").all("li", class_="hit")) == 2, "what an incomplete number may be")
page("/number/云政发〔2024〕80号", 404)
page("/number/教育", 400)
unit = page("/unit/市市场监管局")
check(unit.texts("h2")[0].startswith("牵头"), unit.texts("h2"))
page("/unit/龘靐局", 404)
days = page("/calendar/2024-03")
check("2024-03-15" in days.texts("h2"), days.texts("h2"))
check(unquote(days.all("a", rel="prev")[0]["href"]) == "/calendar/2024-02", "the month before")
page("/calendar/gestern", 400)
series = page("/series/云政发/2024")
check("云政发〔2024〕1号 – 云政发〔2024〕7号" in series.texts("span", class_="number"), series.texts("span"))
check(len(series.all("li", class_="held")) == 2, "two are held")
check(page("/series/云政发").texts("h2") == ["2024"], "years of a series")
citing = page("/cites/云政发〔2024〕8号")
check(any("转发云港市人民政府" in text for text in citing.texts("h2")), citing.texts("h2"))
leads("/show/云政发〔2024〕8号 二（一）1", "/doc/yungang-2024-03/2#u9")

# --- documents ---

document = page("/doc/yungang-2024-03/4")
check(document.texts("h1") == ["关于印发云港市基本公共教育优质均衡发展三年行动计划（2024—2026年）的通知"], document.texts("h1"))
check({"三（一）2", "附件1-表1-行7", "u30", "附件2"} <= document.ids, "anchors", sorted(document.ids)[:20])
check(document.texts("th")[:4] == ["序号", "任务名称", "具体工作目标", "责任单位（标*为牵头部门）"], document.texts("th"))
merged = [cell for cell in document.all("td", rowspan="2") if cell["text"] == "优化学校布局"]
check(len(merged) == 1, "a cell over two rows", document.texts("td"))
check("鹿鸣县" in document.texts("th"), "the columns of the counties")
numbers = [a["href"] for a in document.all("a") if a["text"] == "国办发〔2023〕41号"]
check(numbers and unquote(numbers[0]).startswith("/number/国办发-2023-41"), numbers)
check(any(unquote(a["href"]) == "/unit/市自然资源和规划局" for a in document.all("a")), "units lead to their pages")
copies = document.all("button", class_="copy")
check(copies and copies[0]["data-text"].startswith("云港市人民政府办公室. 关于印发"), "citations of clauses")
check(any("附件1 表1 行7[J]. 云港市人民政府公报, 2024(3): 8." in copy["data-text"] for copy in copies), "by GB/T 7714")
check("办公室" in document.texts("p", class_="signature")[0] and "2024年3月18日" in document.texts("p", class_="signature")[0], "signed")
has(document, "以印刷件为准")
marked = page("/doc/yungang-2024-03/4?q=骨干教师交流比例")
check(marked.texts("mark").count("骨干教师交流比例") == 2, marked.texts("mark"))
beside = page("/doc/yungang-2024-03/4?view=printed")
check(any("骨 干 教 师" in text for text in beside.texts("pre")), "the letter-spaced line as printed")
check("骨 干 教 师" in page("/source/yungang-2024-03/6").answer.text, "the page as printed")
page("/source/yungang-2024-03/99", 404)
leads("/doc/yungang-2024-03/4/30", "/doc/yungang-2024-03/4#u30")
leads("/doc/yungang-2024-03", "/issue/yungang-2024-03")
page("/doc/nowhere/1", 404)

# --- languages ---

english = page("/", Accept_Language="en-GB,en;q=0.9,zh;q=0.1")
check(english.all("html", lang="en") and "Latest issues" in english.texts("h2"), "English")
check(page("/", Accept_Language="fr, zh-Hant;q=0.4").all("html", lang="zh-CN"), "Chinese")
check(english.answer.fields["vary"] == "Accept-Language", "the language is negotiated")
check(not set(page("/help", Accept_Language="en").texts("h2")) & set(page("/help").texts("h2")), "help in two languages")

# --- for machines ---

def body(target, kind, code=200, **fields):
    answer = site.ask(target, **fields)
    check(answer.code == code and answer.fields.get("content-type", "").startswith(kind), target, answer.code, answer.fields)
    return answer

check(json.loads(body("/healthz", "application/json").text)["status"] == "ok", "health")
description = json.loads(body("/openapi.json", "application/json").text)
names = {parameter["name"] for parameter in description["paths"]["/api/search"]["get"]["parameters"]}
check({"q", "number", "unit", "role", "keyword", "facets", "format", "extract"} <= names and "listen" not in names, names)
answer = json.loads(body("/api/search?q=云政发[2024]8号", "application/json").text)
check(answer["state"] == "found" and answer["hits"][0]["id"] == "yungang-2024-03/2", answer["state"])
rows = list(csv.reader(io.StringIO(body("/api/search?unit=市教育局&format=csv", "text/csv").text)))
check(len(rows) > 1 and len({len(row) for row in rows}) == 1, "a table:", rows[:1])
feed = xml.fromstring(body("/feed?q=教育", "application/atom+xml").text)
atom = "{http://www.w3.org/2005/Atom}"
check(feed.tag == atom + "feed" and feed.findall(atom + "entry"), "entries of the feed")
link = feed.find(atom + "entry").find(atom + "link").get("href")
check(page(urlsplit(link).path), link)
check(xml.fromstring(body("/feed", "application/atom+xml").text).findall(atom + "entry"), "the latest")
search = xml.fromstring(body("/opensearch.xml", "application/opensearchdescription+xml").text)
template = search.find("{http://a9.com/-/spec/opensearch/1.1/}Url").get("template")
check(template == "http://%s/search?q={searchTerms}" % site.host, template)
error = json.loads(body("/api/search?q=教育&nonsense=1", "application/json", 400).text)["error"]
check("nonsense" in error["message"], error)
style = body("/style.css", "text/css")
again = site.ask("/style.css", If_None_Match=style.fields["etag"])
check(again.code == 304 and not again.body, "not modified")

# --- what is no page ---

nothing = page("/nothing", 404)
check("没有这个页面" in nothing.texts("h1"), nothing.texts("h1"))
head = site.ask("/doc/yungang-2024-03/2", method="HEAD")
check(head.code == 200 and not head.body and int(head.fields["content-length"]) > 10000, "HEAD", head.code)
refused = site.ask("/search", method="DELETE")
check(refused.code == 405 and refused.fields["allow"] == "GET, HEAD", "405", refused.code)

# --- every link of every page leads somewhere ---

seen, waiting = set(), ["/"]
while waiting and len(seen) < 400:
    target = waiting.pop(0)
    answer = site.ask(target, raw=True)
    check(answer.code in (200, 302), target, "is", answer.code)
    if "location" in answer.fields:
        links = [answer.fields["location"]]
    elif answer.fields["content-type"].startswith("text/html"):
        read = Page(answer.text)
        check(not read.wrong, target, read.wrong)
        links = [e.get("href") for e in read.elements if e.get("href")]
        inner = {unquote(urlsplit(link).fragment) for link in links if link.startswith("#")}
        check(inner <= read.ids, target, "has no", inner - read.ids)
    else:
        links = []
    for link in links:
        link = urljoin(target, link).split("#")[0]
        check(link.startswith("/"), target, "leads out to", link)
        # Of searches, those that narrow one: all of them together are endless.
        if link not in seen and not (target.startswith(("/search", "/number")) and "?" in link):
            seen.add(link)
            waiting.append(link)
check(len(seen) > 100, "links seen:", len(seen))
finish()
