#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# gazette-index and HTML and DOCX: the same notice in both comes out the same; what is damaged or unpacks to too much is told.
set -euo pipefail
source "$SOURCE_DIR/tests/cli/index.bash"
cp "$SOURCE_DIR/tests/unit/markup/notice.html" "$folder/notice.html"

printed=$("$GAZETTE_INDEX_BIN" --text "$folder/notice.html" 2>&1 || true)
if [[ $printed == *'built without HTML'* ]]; then
    echo 'skipped: built without HTML'
    exit 77
fi

wanted='云政发〔2024〕8号
云港市人民政府
关于改善办学条件的决定
各县（市、区）人民政府：
为改善农村学校办学条件，市人民政府决定改造校园运动场三十个，开放 Open API 接口。
一、健全工作机制。市教育局定期会商。（责任单位：市教育局、市财政局）
云港市人民政府
2024年3月8日
附件
重点任务清单
序号	任务名称	工作目标	责任单位
1	改造校园运动场	改造三十个。	*市教育局、市财政局
		招募退役运动员。	*市体育局'
index 0 --text "$folder/notice.html"
[[ ${out//$'\f'/} == "$wanted"* ]] || fail "HTML: $out"

# The encoding is that of the bytes, whatever the file says.
iconv -f UTF-8 -t GB18030 "$folder/notice.html" >"$folder/gb18030.html"
index 0 --text "$folder/gb18030.html"
[[ ${out//$'\f'/} == "$wanted"* ]] || fail "HTML in GB18030: $out"

# The same as DOCX, with a page break before the attachment; a bomb; one cut short; one that is none.
python3 - "$folder" "$wanted" <<'PYTHON'
import sys
import zipfile

folder, wanted = sys.argv[1:]
document = ('<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:body>%s</w:body></w:document>')


def paragraph(text, run=""):
    return '<w:p><w:r>%s<w:t>%s</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>' % (run, text)


def cell(text):
    return "<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>" % ("" if text else "<w:vMerge/>", paragraph(text))


body, rows = "", ""
for line in wanted.split("\n"):
    cells = line.split("\t")
    if len(cells) > 1:
        rows += "<w:tr>%s</w:tr>" % "".join(map(cell, cells))
    else:
        body += paragraph(line, '<w:br w:type="page"/>' if line == "附件" else "")


def save(name, xml, part="word/document.xml"):
    with zipfile.ZipFile(folder + "/" + name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, xml)


save("same.docx", document % (body + "<w:tbl>%s</w:tbl>" % rows))
save("bomb.docx", b"<" + b" " * (129 << 20))
save("none.docx", "", "mimetype")
data = open(folder + "/same.docx", "rb").read()
open(folder + "/cut.docx", "wb").write(data[:200])
PYTHON
index 0 --text "$folder/same.docx"
[[ ${out//$'\f'/} == "$wanted"* && $out == *'2024年3月8日'$'\n\f附件'* ]] || fail "DOCX: $out"

# The records are the same but for what says which file they are of.
records() {
    "$GAZETTE_INDEX_BIN" --dump "$1" | python3 -c '
import json, sys
for record in map(json.loads, sys.stdin):
    if record["type"] != "issue":
        print(record["type"], record["text"], record.get("cells"), record.get("responsible"), record.get("number"), record.get("path"))'
}
records "$folder/notice.html" >"$folder/html" && records "$folder/same.docx" | diff "$folder/html" - || fail 'DOCX and HTML differ'
grep -q "'序号': '1', '任务名称': '改造校园运动场', '工作目标': '招募退役运动员。'" "$folder/html" || fail "cells: $(<"$folder/html")"

refused() {
    index 2 --dump "$folder/$1"
    told "$folder/$1: unreadable: $2"
}
refused bomb.docx 'it is larger than 128 MiB when unpacked: split it into issues'
refused none.docx 'it is no DOCX, or it is damaged: save it again as .docx'
refused cut.docx 'it is no DOCX, or it is damaged: save it again as .docx'
finish
