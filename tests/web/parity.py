# SPDX-License-Identifier: GPL-2.0-or-later
"""See parity.sh."""
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from client import Site, check, finish

url, program, readings = sys.argv[1:]

# Options, and what the command has for the same in an address is made of them.
OPTIONS = """
number=云政发〔2024〕8号
number=国办发〔2023〕41号
number=云政发〔2024〕80号
number=教育
unit=市教育局&role=lead
unit=市教育局&role=share&excerpts=1
unit=市教育局&level=unit&limit=0&facets
keyword=教育&sort=-date&limit=3&offset=2
keyword=教育&sort=date&facets
keyword=教育&issuer=云港市人民政府办公室
keyword=教育&class=brief&since=2024-01&until=2024-04
keyword=教育&kind=通知&section=文件发布&issue=yungang-2024-03
keyword=教育 经费&within=sentence
keyword=教育 经费&within=document
keyword=國辦發&exact
keyword=教育&kwic=12&sort=right
keyword=日期:改天
keyword=教育&sort=sideways
show=云政发〔2024〕8号 二（一）
show=yungang-2024-03
show=yungang-2024-03/4/30&context=2
cites=云政发〔2024〕8号
cites=《国务院办公厅关于构建优质均衡的基本公共教育服务体系的意见》
cited-by=云政办〔2024〕21号
cited-not-held
series=云政发&gaps
series=云政办〔2024〕
calendar=2024-03
calendar=2024-03-11..2024-03-15&limit=2
unit=市财政局&extract
keyword=教育&extract&format=ndjson
class=document&extract&format=ndjson
keyword=教育&extract&format=ndjson&after=yungang-2024-03/4/30
keyword=教育&format=ndjson
keyword=教育&format=csv&bom
keyword=教育&format=tsv
keyword=教育&format=md
keyword=教育&format=text&explain
class=document&format=gbt&limit=0
class=document&format=bibtex&limit=0
show=yungang-2024-03/2&format=akn
role=lead
gaps
context=2&q=教育
""".split("\n")


def command(pairs):
    words = [program]
    for name, value in pairs:
        if name == "q":
            words.append(value)
        elif value is None:
            words.append("--" + name)
        else:
            words.append("--%s=%s" % (name, value))
    if not any(name == "format" for name, _ in pairs):
        words.append("--format=json")
    run = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True)
    return run.returncode, run.stdout, run.stderr.decode()


def target(pairs):
    return "/api/search?" + "&".join(name if value is None else name + "=" + quote(value) for name, value in pairs)


def compare(pairs):
    status, printed, complaint = command(pairs)
    answer = Site(url).ask(target(pairs), raw=True)
    if status == 2:
        said = json.loads(answer.text)["error"]["message"]
        return answer.code == 400 and complaint == "gazette-search: %s\n" % said, pairs, complaint, answer.text
    return answer.code == 200 and answer.body == printed, pairs, printed[:300], answer.body[:300]


questions = [[("q", line.split("\t")[0])] for line in Path(readings).read_text(encoding="utf-8").splitlines()
             if line and not line.startswith("#")]
check(len(questions) > 150, "queries:", len(questions))
for line in filter(None, OPTIONS):
    questions.append([tuple((part.split("=", 1) + [None])[:2]) for part in line.split("&")])
with ThreadPoolExecutor(4) as pool:
    for same, *what in pool.map(compare, questions):
        check(same, *what)
finish()
