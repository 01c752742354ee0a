# SPDX-License-Identifier: GPL-2.0-or-later
"""Random issues: documents put together from grammars, so that no two are alike and the truth is known."""
from . import vocabulary as words
from .model import (CARRIED, REPEATED, Attachment, Caption, Day, Document, Entry, Issue, Para, Table)

HAN_DIGITS = "〇一二三四五六七八九"
ORDER = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]


def han(n):
    """1…99 in Han numerals."""
    if n < 10:
        return ORDER[n]
    return (ORDER[n // 10] if n >= 20 else "") + "十" + ORDER[n % 10]


class Composer:
    """One issue after another; the style says which kinds of damage the structure itself may show (tables, width mixtures)."""

    def __init__(self, rng, style, traditional):
        self.rng, self.style, self.traditional = rng, style, traditional
        self.pick = rng.choice
        self.serials = {}

    # ---- words -------------------------------------------------------------------------------------------------

    def chance(self, p):
        return self.rng.random() < p

    def number(self):
        r = self.rng
        kind = r.random()
        if kind < 0.3:
            return str(r.randrange(2, 100))
        if kind < 0.55:
            return "%d.%d" % (r.randrange(1, 60), r.randrange(1, 10))
        return str(r.randrange(1, 100) * self.pick((5, 10, 50, 100)))

    def year(self):
        return self.issue_year + self.rng.randrange(0, 4)

    def noun(self):
        return self.pick(self.topic[1])

    def heading(self):
        """Never holds a comma: that is what tells a run-in heading from a sentence."""
        r = self.rng.random()
        verb, noun = self.pick(words.VERBS), self.noun()
        if r < 0.45:
            return verb + noun + self.pick(words.SUFFIXES)
        if r < 0.6:
            return verb + noun + "“%s”" % self.pick(words.QUOTED) + self.pick(words.SUFFIXES)
        if r < 0.8:
            return verb + noun
        return noun + self.pick(("提质增效", "扩面提标", "强基固本", "提速升级", "创新突破", "全域推进"))

    def unique_heading(self, seen):
        while True:
            heading = self.heading()
            if heading not in seen:
                seen.add(heading)
                return heading

    def action(self):
        return self.pick(words.VERBS) + self.noun() + self.pick(words.SUFFIXES)

    def quantity(self):
        name, unit = self.pick(self.topic[2])
        r = self.rng.random()
        if r < 0.25:
            return "%s占比达到%s%%以上" % (self.noun(), self.rng.randrange(20, 99))
        if r < 0.6:
            return "%s达到%s%s" % (name, self.number(), unit)
        return "%s增长%s%%左右" % (name, self.number() if self.chance(0.3) else self.rng.randrange(3, 30))

    def s_actions(self):
        return "%s，%s，%s。" % (self.action(), self.action(), self.pick(words.RESULTS))

    def s_goal(self):
        text = "到%d年，%s，%s" % (self.year(), self.quantity(), self.quantity())
        if self.chance(0.4):
            text += self.pick(("；", "，")) + self.quantity()
        return text + "。"

    def s_support(self):
        return "支持%s%s，对%s的，按照实际投入的%d%%给予补助，最高不超过%d万元。" % (
            self.pick(words.SUBJECTS), self.action(),
                self.pick(("首次认定", "年度考核优秀", "总投资超%d亿元" % self.rng.randrange(1, 30),
                "带动就业%d人以上" % (self.rng.randrange(2, 40) * 10))),
            self.rng.randrange(5, 60), self.rng.randrange(1, 80) * 10)

    def s_mechanism(self):
        return "建立%s“%s”机制，%s，%s。" % (self.noun(), self.pick(words.QUOTED), self.action(),
            self.pick(words.RESULTS))

    def s_ways(self):
        a, b = self.rng.sample(words.WAYS, 2)
        return "鼓励%s通过%s、%s等方式参与%s，%s。" % (self.pick(words.SUBJECTS), a, b, self.action(),
            self.pick(words.RESULTS))

    def s_platform(self):
        return "依托“%s”平台，推动%s与%s技术深度融合，%s。" % (self.pick(words.PLATFORMS), self.noun(),
            self.pick(words.LATIN), self.action())

    def s_county(self):
        return "%s要结合实际制定实施细则，于%d年%d月底前完成%s任务，%s。" % (
            "、".join(self.rng.sample(self.counties, 2)), self.year(), self.rng.randrange(1, 13), self.noun(),
                self.pick(words.RESULTS))

    def s_law(self):
        return "严格执行《%s》等规定，%s，每年开展专项检查不少于%d次。" % (self.pick(words.LAWS), self.action(),
            self.rng.randrange(2, 13))

    def s_list(self):
        a, b, c = self.rng.sample(self.topic[1], 3)
        return "聚焦%s、%s、%s等重点领域，每年安排不少于%s万元资金，%s。" % (a, b, c, self.number(), self.action())

    def s_number(self):
        return "相关奖补标准按照<<%s>>文件执行，%s。" % (self.some_number(), self.action())

    SENTENCES = ("s_actions", "s_goal", "s_support", "s_mechanism", "s_ways", "s_platform", "s_county", "s_list",
        "s_law")

    def prose(self, low, high, numbers=True):
        parts = [getattr(self, name)() for name in self.rng.sample(self.SENTENCES, self.rng.randrange(low, high + 1))]
        if numbers and self.chance(0.06):
            parts.append(self.s_number())
        text = "".join(parts)
        if self.style.has("width-mix") and self.chance(0.12):
            text = text.replace("，", ",")
        return text

    # ---- names -------------------------------------------------------------------------------------------------

    def place(self):
        return self.pick(words.PLACE_FIRST) + self.pick(words.PLACE_SECOND)

    def person(self):
        return self.pick(words.SURNAMES) + self.pick(words.GIVEN)

    def some_number(self):
        """A number that somebody else's document has."""
        code = self.pick(("国办发", "国发", self.prov + "政发", self.prov + "政办发", "人社部发", "财税",
            self.prov + "发改能源", "教师", "国卫医政发", self.short + "政发", self.short + "政办"))
        year, serial = self.issue_year - self.rng.randrange(1, 8), self.rng.randrange(1, 260)
        brackets = "〔〕"
        if self.style.has("width-mix"):
            brackets = self.pick(("〔〕",) * 12 + ("[]", "（）", "﹝﹞"))
        left, right = brackets
        return "%s%s%d%s%d号" % (code, left, year, right, serial)

    def own_number(self, code):
        serial = self.serials.get(code, self.rng.randrange(1, 60)) + self.rng.randrange(1, 3)
        self.serials[code] = serial
        return "%s〔%d〕%d号" % (code, self.issue_year, serial)

    def units(self, stars=False, low=1, high=4):
        names = self.rng.sample(words.BUREAUS, self.rng.randrange(low, high + 1))
        if self.chance(0.12):
            names.append("人行%s分行" % self.city)
        if self.chance(0.25):
            tail = self.pick(("各县<市、区>政府", "各县（市、区）人民政府",
                "各县〈市、区〉政府")) if self.style.has("width-mix") else "各县（市、区）人民政府"
            text = "、".join(names) + self.pick("，、") + tail
        elif self.chance(0.1):
            text = "、".join(names) + "，" + "、".join(self.rng.sample(self.counties, 2)) + "政府"
        else:
            text = "、".join(names)
        return ("*" if stars else "") + text

    def responsible(self):
        if self.chance(0.12):
            return "（牵头单位：%s；责任单位：%s）" % (self.pick(words.BUREAUS), self.units())
        return "（责任单位：%s）" % self.units()

    def date(self, style=None):
        r = self.rng
        month, day = self.issue_month, r.randrange(1, 29)
        iso = "%d-%02d-%02d" % (self.issue_year, month, day)
        kind = r.random() if style is None else style
        if kind < 0.75:
            return "%d年%d月%d日" % (self.issue_year, month, day), iso
        zero = "○" if self.style.encoding == "big5" else self.pick("〇〇○零０O")
        if kind < 0.9:
            year = "".join(zero if c == "0" else ORDER[int(c)] for c in str(self.issue_year))
            return "%s年%s月%s日" % (year, han(month), han(day)), iso
        if kind < 0.95:
            wide = str.maketrans("0123456789", "０１２３４５６７８９")
            return ("%d年%d月%d日" % (self.issue_year, month, day)).translate(wide), iso
        return "%d 年 %d 月 %d 日" % (self.issue_year, month, day), iso

    # ---- clause trees ------------------------------------------------------------------------------------------

    def tree(self, tasks):
        """一、 / （一） / 1. with run-in headings; the headings of the numbered tasks are added to `tasks`."""
        out, seen = [], set()
        sections = self.rng.randrange(3, 5)
        habits = {"running": self.chance(0.5), "dot": self.pick((".", ".", ".", "．", "、")),
            "responsible": self.chance(0.7), "count": 0}
        out.append(Para.clause("一、", self.pick(("总体要求", "指导思想", "工作目标", "总体思路"))))
        for _ in range(self.rng.randrange(1, 3)):
            out.append(Para.plain(self.prose(1, 3)))
        if self.chance(0.4):
            out += self.run_in_items(seen)
        for i in range(2, sections):
            title = self.pick(("主要任务", "重点任务", "重点举措", "主要举措")) if i == 2 else self.unique_heading(seen)
            out.append(Para.clause(han(i) + "、", title))
            for j in range(1, self.rng.randrange(3, 6)):
                out += self.group(j, seen, habits, tasks)
        out.append(Para.clause(han(sections) + "、", self.pick(("组织保障", "保障措施", "组织实施", "工作保障"))))
        out += self.run_in_items(seen)
        if self.chance(0.5):
            out.append(self.closing())
        return out

    def run_in_items(self, seen):
        """（一） items whose heading is the first sentence."""
        count = self.rng.randrange(3, 5)
        return [Para.clause("（%s）" % han(j), self.unique_heading(seen), "。" + self.prose(1, 3)) for j in range(1, count)]

    def group(self, number, seen, habits, tasks):
        """（一） a heading alone, and the numbered tasks under it; their numbers run on over groups, or begin anew."""
        out = [Para.clause("（%s）" % han(number), self.unique_heading(seen), self.pick(("。", "")))]
        if not habits["running"]:
            habits["count"] = 0
        for _ in range(self.rng.randrange(2, 5)):
            habits["count"] += 1
            heading = self.unique_heading(seen) if self.chance(0.93) else ""
            text = self.prose(1, 5)
            items = self.items() if self.chance(0.06) else []
            if items:
                text += "主要包括："
            elif habits["responsible"]:
                text += self.responsible()
            out.append(Para.clause("%d%s" % (habits["count"], habits["dot"]), heading,
                ("。" if heading else "") + text))
            out += items
            if heading:
                tasks.append(heading)
        return out

    def items(self):
        """（1） or ① items, or paragraphs that begin 一是, 二是."""
        form = self.pick(("（%s）", "circle", "%s是"))
        out = []
        for k in range(1, self.rng.randrange(3, 6)):
            label = chr(0x2460 + k - 1) if form == "circle" else form % (k if form == "（%s）" else han(k))
            out.append(Para.clause(label, "", self.s_actions() if self.chance(0.6) else self.s_list()))
        return out

    def closing(self):
        text = "本文件自%d年%d月1日起施行，有效期至%d年12月31日。" % (self.issue_year, self.rng.randrange(1, 13),
            self.issue_year + 3)
        if self.chance(0.5):
            text += "《%s人民政府关于%s的若干意见》（<<repeals:%s政发〔%d〕%d号>>）同时废止。" % (
                self.city, self.action(), self.short, self.issue_year - 4, self.rng.randrange(1, 80))
            text = text.replace("《", "<<repeals:《", 1).replace("》", "》>>", 1)
        return Para.plain(text, closing=True)

    def preamble(self, what):
        law = self.pick(words.LAWS)
        text = "为%s，根据<<implements:《%s》>>、<<implements:《%s省人民政府关于%s的意见》>>（<<implements:%s政发〔%d〕%d号>>）等规定，结合我市实际，%s。" % (
            self.action(), law, self.province, self.action(), self.prov, self.issue_year - 1, self.rng.randrange(1, 60),
                what)
        return Para.plain(text)

    def measures(self):
        """The body of an attachment that is a text."""
        out, seen = [self.preamble("制定本措施")], set()
        for i in range(1, self.rng.randrange(3, 5)):
            out.append(Para.clause(han(i) + "、", self.unique_heading(seen)))
            for j in range(1, self.rng.randrange(3, 5)):
                out.append(Para.clause("%d." % j, self.unique_heading(seen), "。" + self.prose(1, 3)))
        return out

    # ---- tables ------------------------------------------------------------------------------------------------

    def table_style(self):
        style = self.style
        kinds = [k for k, name in (("sideways", "sideways"), ("sideways", "sideways"), ("cells", "table-cells"),
            ("tab", "table-tab"))
                 if style.has(name) and (style.width or k == "tab")]
        return self.pick(kinds) if kinds else "tab"

    def goal(self):
        names = ("s_actions", "s_goal", "s_support", "s_mechanism", "s_platform", "s_list")
        return "".join(getattr(self, name)() for name in self.rng.sample(names, self.pick((1, 1, 2, 3))))

    def task_table(self, tasks):
        style = self.table_style()
        stars = self.chance(0.8)
        columns = ["序号", self.pick(("任务名称", "任务名称", "工作任务", "重点任务")),
            self.pick(("具体工作目标", "具体工作目标", "工作目标", "工作内容")),
                   "责任单位（标*为牵头部门）" if stars else "责任单位"]
        rows = []
        missing, merged = self.style.has("missing-marks"), self.style.has("merged-cells")
        for number, task in enumerate(tasks, 1):
            count = self.pick((1, 1, 2, 3)) if merged else 1
            for k in range(count):
                units = self.units(stars)
                if missing and stars and self.chance(0.08):
                    units = units.lstrip("*")
                if missing and k == count - 1 and self.chance(0.06):
                    units = ""
                again = k > 0 and style != "tab" and self.chance(0.15)
                head = (REPEATED if again else CARRIED) if k else None
                rows.append([head or str(number), head or task, self.goal(), units])
        return Table(columns, rows, style)

    def matrix(self):
        kinds = self.rng.sample(("人才培养", "资金支持", "项目共建", "结对帮扶", "平台建设", "设施改善"), 6)
        rows = []
        for number in range(1, self.rng.randrange(3, 6)):
            row = [str(number), kinds[number - 1]]
            for county in self.counties:
                items = ["（%d）%s%s，%s。" % (k, self.pick(("支持", "推动", "帮助", "指导")) + county, self.action(),
                    self.quantity())
                         for k in range(1, self.pick((2, 2, 3, 4)))]
                row.append("".join(items))
            if self.style.has("missing-marks") and self.chance(0.15):
                row[-1] = ""
            rows.append(row)
        return Table(["序号", "类别"] + self.counties, rows, self.table_style(), matrix=True)

    # ---- documents ---------------------------------------------------------------------------------------------

    def base(self, code, issuer, title, layout="late-header", **keys):
        date_text, iso = self.date()
        document = Document("document", section=self.sections["document"], number=self.own_number(code), issuer=issuer,
            title=title,
                            addressee=self.pick(("各县（市、区）人民政府，市各有关单位：",
                            "各县（市、区）人民政府，市政府直属各单位：")),
                            signature=issuer, date_text=date_text, date=iso, layout=layout)
        if self.chance(0.25):
            document.registration = "%s%s%s%d%s%04d" % (self.latin, "CC00", self.dash, self.issue_year, self.dash,
                self.rng.randrange(1, 60))
        for key, value in keys.items():
            setattr(document, key, value)
        return document

    def new_topic(self):
        self.topic = self.pick(words.TOPICS)

    def opinion(self):
        self.new_topic()
        title = "关于%s%s的%s" % (self.pick(("促进", "加快推进", "全面深化", "进一步支持")), self.topic[0],
            self.pick(("实施意见", "意见", "若干意见")))
        document = self.base(self.short + "政发", self.city + "人民政府", title)
        document.body = [self.preamble("现提出如下意见")] + self.tree([])
        return document

    def notice(self):
        """印发 notice: cover note, plan, attachments of every kind."""
        self.new_topic()
        first = self.issue_year
        plan = "%s%s%s（%d—%d年）" % (self.city, self.pick(("推进", "促进")) + self.topic[0],
            self.pick(("三年行动计划", "实施方案", "行动方案")), first, first + 2)
        issuer = self.city + "人民政府办公室"
        document = self.base(self.short + "政办", issuer, "关于印发%s的通知" % plan,
            self.pick(("notice-a", "notice-b")), plan_title=plan)
        document.cover = [Para.plain("<<issues:《%s》>>已经%s，现印发给你们，请结合实际，认真组织实施。" % (plan,
            self.pick(("市政府同意", "市政府常务会议审议通过"))))]
        tasks = []
        document.body = [self.preamble("制定本计划")] + self.tree(tasks)
        kinds = self.rng.sample(("tasks", "measures", "matrix", "tasks"), self.rng.randrange(1, 4))
        if kinds.count("tasks") > 1:
            kinds.remove("tasks")
        lone = len(kinds) == 1
        for i, kind in enumerate(kinds, 1):
            n = "" if lone else str(i)
            if kind == "tasks":
                attachment = Attachment(n, self.city + self.topic[0] + "重点任务清单", [self.task_table(tasks)])
            elif kind == "matrix":
                attachment = Attachment(n,
                    self.pick(("山区海岛县", "重点县（市、区）")) + self.topic[0] + "帮扶任务清单", [self.matrix()])
            else:
                attachment = Attachment(n, self.city + self.noun() + "专项行动措施", self.measures())
            document.attachments.append(attachment)
        titles = "\n".join("%s%s" % ("" if lone else "%d." % i, a.title) for i, a in enumerate(document.attachments, 1))
        document.body.append(Para.plain("附件：" + titles, closing=True))
        return document

    def decision(self):
        self.new_topic()
        names = [self.person() for _ in range(self.rng.randrange(2, 5))]
        rank = self.pick(("记个人二等功", "记个人三等功", "予以通报表扬"))
        document = self.base(self.short + "政发", self.city + "人民政府", "关于给予%s%s的决定" % ("、".join(names),
            rank))
        for name in names:
            text = "%s，%s，%s，%d年%d月出生，%s%s人。" % (name, self.pick("男女"), self.pick(words.ETHNIC),
                self.rng.randrange(1960, 2003), self.rng.randrange(1, 13), self.province, self.pick(self.counties)[:2])
            text += "%d年%d月%d日%d时许，%s在%s附近发现%s，%s，先后救出群众%d名，挽回经济损失%s万元。" % (
                self.issue_year - 1, self.rng.randrange(1, 13), self.rng.randrange(1, 29), self.rng.randrange(1, 24),
                    name, self.place() + self.pick(("村", "码头", "大桥", "水库")),
                self.pick(("渔船起火", "山洪来袭", "有人落水", "民房着火", "车辆侧翻")),
                self.pick(("立即组织人员施救", "不顾个人安危投入救援", "第一时间报警并冲入现场")),
                self.rng.randrange(1, 20), self.number())
            document.body.append(Para.plain(text))
        end = "%s等同志在人民群众生命财产安全受到威胁的紧要关头挺身而出，事迹感人。根据<<implements:《%s省见义勇为人员奖励和保障条例》>>规定，市人民政府决定，给予%s%s。" % (
            names[0], self.province, "、".join(names), rank)
        if self.style.has("width-mix"):
            end = end.replace("，", ",")
        document.body.append(Para.plain(end))
        return document

    def regulation(self):
        self.new_topic()
        name = "%s%s管理办法" % (self.city, self.noun())
        number = "%s人民政府令第%d号" % (self.city, self.rng.randrange(20, 99))
        date_text, iso = self.date(0.1)
        document = Document("document", section=self.sections["document"], number=number, issuer=self.city + "人民政府",
                            title="关于公布施行《%s》的命令" % name, signature="市长　" + self.leaders[0][0],
                            date_text=date_text, date=iso,
                            plan_title=name, layout="plain")
        document.cover = [Para.plain("<<issues:《%s》>>已经%d年%d月%d日市人民政府第%d次常务会议审议通过，现予公布，自%d年1月1日起施行。" % (
            name, self.issue_year, self.issue_month, self.rng.randrange(1, 28), self.rng.randrange(10, 80),
                self.issue_year + 1))]
        article = 0
        gap = self.pick(("　", "　", "  "))
        for chapter in range(1, self.rng.randrange(4, 6)):
            title = "总则" if chapter == 1 else self.pick(words.VERBS) + self.noun()
            document.body.append(Para.clause("第%s章" % han(chapter), "", gap + title))
            document.body[-1].heading = title
            for _ in range(self.rng.randrange(2, 6)):
                article += 1
                document.body += self.article(article, gap)
        return document

    def article(self, n, gap):
        label = "第%s条" % han(n)
        if self.chance(0.35):
            out = [Para.clause(label, "",
                gap + "有下列情形之一的，由%s责令限期改正，处%s元以上%s元以下罚款：" % (self.pick(words.BUREAUS[:30]),
                self.rng.randrange(1, 9) * 100, self.rng.randrange(1, 9) * 10000))]
            for k in range(1, self.rng.randrange(3, 6)):
                out.append(Para.clause("（%s）" % han(k), "", "未按规定%s，或者%s不符合要求的；" % (self.action(),
                    self.noun())))
            out[-1].text = out[-1].text[:-1] + "。"
            return out
        out = [Para.clause(label, "", gap + self.prose(1, 2, numbers=False))]
        if self.chance(0.3):
            out.append(Para.plain(self.prose(1, 1, numbers=False)))
        return out

    def appointment(self):
        self.new_topic()
        names = [self.person() for _ in range(self.rng.randrange(3, 6))]
        document = self.base(self.short + "政人", self.city + "人民政府", "关于%s等同志职务任免的通知" % names[0])
        document.body = [Para.plain("经研究决定：")]
        for i, name in enumerate(names):
            unit = self.city + self.pick(words.BUREAUS[:30])[1:]
            text = "%s同志任%s%s" % (name, unit,
                self.pick(words.POSTS)) if i % 3 != 2 else "免去%s同志的%s%s职务" % (name, unit, self.pick(words.POSTS))
            document.body.append(Para.plain(text + ("。" if i == len(names) - 1 else "；")))
        return document

    def amendment(self):
        self.new_topic()
        name = "%s%s管理办法" % (self.city, self.noun())
        document = self.base(self.short + "政发", self.city + "人民政府", "关于修改《%s》的决定" % name)
        document.body = [Para.plain("为%s，市人民政府决定对<<amends:《%s》>>（<<amends:%s政发〔%d〕%d号>>）作如下修改：" % (
            self.action(), name, self.short, self.issue_year - 5, self.rng.randrange(1, 90)))]
        for i in range(1, self.rng.randrange(3, 6)):
            document.body.append(Para.clause(han(i) + "、", "",
                "将第%s条修改为：“%s，%s。”" % (han(self.rng.randrange(2, 30)), self.action(), self.action())))
        document.body.append(Para.plain("本决定自公布之日起施行。", closing=True))
        return document

    def forwarding(self):
        self.new_topic()
        title = "%s省人民政府关于%s的通知" % (self.province, self.action())
        document = self.base(self.short + "政办", self.city + "人民政府办公室", "关于转发%s的通知" % title)
        document.body = [Para.plain("现将<<forwards:《%s》>>（<<forwards:%s政发〔%d〕%d号>>）转发给你们，并提出以下要求，请一并贯彻执行。" % (
            title, self.prov, self.issue_year, self.rng.randrange(1, 60)))]
        seen = set()
        for i in range(1, self.rng.randrange(3, 5)):
            document.body.append(Para.clause(han(i) + "、", self.unique_heading(seen), "。" + self.prose(1, 3)))
        return document

    def announcement(self):
        self.new_topic()
        document = self.base(self.short + "政通", self.city + "人民政府", "关于%s的通告" % self.action())
        document.addressee = ""
        document.body = [self.preamble("现就有关事项通告如下：")]
        document.body[0].text = document.body[0].text.rstrip("。")
        for i in range(1, self.rng.randrange(4, 8)):
            document.body.append(Para.clause(han(i) + "、", "", self.prose(1, 2)))
        document.body.append(Para.plain("本通告自发布之日起施行。", closing=True))
        return document

    def letter(self):
        """公告 in the form of 主旨、依据、公告事项; written simplified, the whole issue is turned afterwards."""
        self.new_topic()
        unit = self.pick(("农", "工", "教", "环", "社", "人(一)"))
        number = "%s府%s字第%d%07d%s号" % (self.short, unit, self.issue_year - 1911, self.rng.randrange(10000, 9999999),
            self.pick(("", "", "A", "B")))
        month, day = self.issue_month, self.rng.randrange(1, 29)
        document = Document("document", section=self.sections["document"], number=number, number_label="发文字号：",
            issuer=self.city + "政府",
                            title="公告", kind="公告", signature="市长　" + self.leaders[0][0], date_label="发文日期：",
                            date_text="中华民国%d年%d月%d日" % (self.issue_year - 1911, month, day),
                            date="%d-%02d-%02d" % (self.issue_year, month, day), layout="letter")
        document.body = [Para.plain("主旨：公告%s%s补助计画，并自即日起受理申请。" % (self.city, self.noun())),
                         Para.plain("依据：<<implements:《%s》>>及<<implements:%s府%s字第%d%07d号>>函。" % (self.pick(words.LAWS),
                         self.short, self.pick("农工教环"), self.issue_year - 1912, self.rng.randrange(10000,
                         9999999))),
                         Para.plain("公告事项：")]
        for i in range(1, self.rng.randrange(3, 6)):
            document.body.append(Para.clause(han(i) + "、", "", self.prose(1, 2, numbers=False)))
            if self.chance(0.3):
                for j in range(1, 4):
                    document.body.append(Para.clause("（%s）" % han(j), "", self.s_actions()))
        return document

    # ---- other parts -------------------------------------------------------------------------------------------

    def brief(self, first):
        self.new_topic()
        day = self.rng.randrange(1, 29)
        when = "%d月%d日" % (self.issue_month, day)
        meeting = self.pick(words.MEETINGS).format(t=self.topic[0])
        leader, role = self.pick(self.leaders)
        title = "%s%s" % (meeting,
            self.pick(("召开", "举行"))) if self.chance(0.5) else "%s%s|研究部署%s工作" % (self.city, meeting.removeprefix("全市"),
            self.noun())
        document = Document("brief", section=self.sections["brief"], title=title,
            date="%d-%02d-%02d" % (self.issue_year, self.issue_month, day), new_page=first)
        opening = "%s，%s%s，%s%s出席并讲话。" % (when, self.pick(("市委副书记、", "")) if role == "市长" else "",
            meeting + self.pick(("召开", "举行")), role, leader)
        document.body = [Para.plain(opening)]
        for _ in range(self.rng.randrange(2, 5)):
            start = leader + self.pick(("指出", "强调", "要求")) + "，"
            document.body.append(Para.plain(start + "要" + self.prose(2, 6, numbers=False)))
        return document

    def people(self):
        """Some leaders as a calendar entry prints them: the text and (name, role) pairs."""
        chosen = sorted(self.rng.sample(range(len(self.leaders)), self.rng.randrange(1, 5)))
        text, people, role = "", [], None
        for i in chosen:
            name, title = self.leaders[i]
            if title == role:
                text += "、" + name
            else:
                text += ("，" if text else "") + title + name
            role = title
            people.append((name, title))
        return text, people

    def calendar(self):
        document = Document("calendar", section=self.sections["calendar"], title="%d月份市政府记事" % self.issue_month)
        for day in sorted(self.rng.sample(range(1, 29), self.rng.randrange(5, 16))):
            iso = "%d-%02d-%02d" % (self.issue_year, self.issue_month, day)
            document.body.append(Day("%d日" % day, iso))
            for _ in range(self.rng.randrange(1, 4)):
                self.new_topic()
                text, people = self.people()
                rest = [p for p in self.leaders if p not in people]
                meeting = self.pick(words.MEETINGS).format(t=self.pick((self.topic[0], self.noun())))
                body = "△%s%s%s%s" % (self.pick((" ", " ", "")), text, self.pick(("参加", "出席", "主持召开")), meeting)
                if rest and self.chance(0.2):
                    body += "，%s%s列席" % (rest[0][1], rest[0][0])
                    people = people + [rest[0]]
                document.body.append(Entry(body + "。", iso, people))
        return document

    def feature(self):
        self.new_topic()
        county = self.pick(self.counties)
        title = "“%s”激活%s|%s探索%s新路径" % (self.pick(words.QUOTED), self.noun(), county, self.topic[0])
        document = Document("feature", section=self.sections["feature"], title=title)
        document.body = [Para.plain("近年来，%s%s" % (county, self.prose(2, 5, numbers=False)))]
        seen = set()
        for i in range(1, self.rng.randrange(3, 5)):
            document.body.append(Para.clause(han(i) + "、", self.unique_heading(seen)))
            document.body.append(Para.plain(self.prose(2, 5, numbers=False)))
        for _ in range(self.rng.randrange(0, 3)):
            document.captions.append(self.caption())
        return document

    def caption(self):
        self.new_topic()
        text = "%d月%d日，%s%s%s%s" % (self.issue_month, self.rng.randrange(1, 29), self.pick(self.counties),
            self.noun(), self.pick(("活动", "项目", "展示周", "大赛")), self.pick(words.EVENTS))
        if self.chance(0.6):
            name = self.person()
            return Caption("%s（%s/摄）" % (text, name), name)
        return Caption(text)

    def add_contents(self, issue):
        """Name and number of the gazette on the first page, a list of contents on the second."""
        issue.masthead = [issue.gazette, "%d年第%d期（总第%d期）" % (issue.year, issue.number, issue.serial)]
        issue.contents = ["目　录", self.sections["document"]]
        page = 1
        for document in issue.documents:
            if document.cls == "document":
                page += self.rng.randrange(1, 9)
                issue.contents.append("%s（%s）%s（%d）" % (document.title, document.number, "…" * self.rng.randrange(4,
                    16), page))
        issue.contents.append(self.sections["brief"] + "…" * 20 + "（%d）" % (page + 5))

    DOCUMENTS = ("opinion", "notice", "notice", "decision", "regulation", "appointment", "amendment", "forwarding",
        "announcement")

    def compose(self, stem):
        r = self.rng
        self.issue_year, self.issue_month = r.randrange(2008, 2026), r.randrange(1, 13)
        name = self.place()
        self.city, self.short = name + "市", name[0]
        self.province = self.place()
        self.prov = self.province[0]
        self.latin = "".join(self.pick("BCDGHJKLMNPQRSTWXYZ") for _ in range(2))
        self.dash = self.pick("–—-")
        self.counties = []
        while len(self.counties) < 3:
            county = self.place() + self.pick("区县县市")
            if county[:2] not in [c[:2] for c in self.counties]:
                self.counties.append(county)
        names = []
        while len(names) < 6:
            person = self.person()
            if person not in names:
                names.append(person)
        self.leaders = [(names[0], "市长")] + list(zip(names[1:], words.LEADER_ROLES))
        self.sections = {"document": self.pick(("文件发布", "市政府文件")),
            "brief": self.pick(("政务简讯", "政务要闻")), "calendar": "记事",
            "feature": self.pick(("基层经验", "改革实践"))}
        issue = Issue(stem, self.city + "人民政府公报", self.issue_year, self.issue_month, r.randrange(20, 400),
            first_folio=r.randrange(1, 5))
        front = Document("front_matter", captions=[self.caption() for _ in range(r.randrange(2, 7))])
        issue.documents = [front] + [getattr(self, kind)() for kind in r.sample(self.DOCUMENTS, r.randrange(3, 6))]
        if not self.style.has("late-header"):
            for document in issue.documents[2:]:
                document.new_page = self.chance(0.7)
        if self.traditional:
            issue.documents += [self.letter() for _ in range(r.randrange(1, 4))]
        issue.documents += [self.brief(i == 0) for i in range(r.randrange(2, 6))]
        issue.documents.append(self.calendar())
        if self.chance(0.3):
            self.add_contents(issue)
        if self.chance(0.8):
            issue.documents.append(self.feature())
        return issue
