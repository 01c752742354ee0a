# SPDX-License-Identifier: GPL-2.0-or-later
"""See browser.sh. usage: browser.py URL [FOLDER]"""
import os
import sys
from urllib.parse import quote, unquote

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from client import check, finish

url, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
NO_SCRIPTS = {"profile.managed_default_content_settings.javascript": 2}


def start(scripts=True, language="zh-CN"):
    options = Options()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    preferences = {"intl.accept_languages": language}
    if not scripts:
        preferences.update(NO_SCRIPTS)
    options.add_experimental_option("prefs", preferences)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    started.set_page_load_timeout(60)
    return started


browser = start()


def device(width, height=900, scheme="light", media=""):
    """Makes the screen one of WIDTH pixels, a phone when that is small."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia",
                            {"media": media, "features": [{"name": "prefers-color-scheme", "value": scheme}]})


def go(target):
    browser.get(url.rstrip("/") + quote(target, safe="/?&=#%"))


def one(selector):
    return browser.find_element(By.CSS_SELECTOR, selector)


def texts(selector):
    return [element.text for element in browser.find_elements(By.CSS_SELECTOR, selector)]


def wait_for(condition, *what):
    try:
        WebDriverWait(browser, 30).until(lambda _: condition())
    except Exception:
        check(False, *what)


def link(text):
    """The first link in the content whose text holds TEXT."""
    return next(a for a in browser.find_elements(By.CSS_SELECTOR, "main a") if text in a.text)


def click(element):
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def here():
    return unquote(browser.current_url[len(url) - 1:])


def shot(name):
    if folder:
        os.makedirs(folder, exist_ok=True)
        browser.save_screenshot(os.path.join(folder, name + ".png"))


def type_query(text):
    field = one("#q")
    field.clear()
    field.send_keys(text, Keys.ENTER)


def nothing_sticks_out(what):
    width = browser.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    check(width[0] <= width[1], what, "is wider than the screen:", width)


def luminance(selector):
    """How light the ground of an element is, 0 to 255."""
    colour = browser.execute_script("return getComputedStyle(document.querySelector(arguments[0])).backgroundColor", selector)
    return sum(float(part) for part in colour[colour.index("(") + 1:-1].split(",")[:3]) / 3


# --- search, narrow, open, follow, back ---

device(1280)
go("/")
shot("home")
type_query("教育")
wait_for(lambda: here().startswith("/search?q=教育"), "a search leads to its address:", here())
check(one(".total").text.startswith("共 10 件"), texts(".total"))
shot("search")
click(link("云港市人民政府办公室"))
wait_for(lambda: "issuer=" in here(), "a facet narrows", here())
check(len(texts(".hit")) == 1, texts(".hit h2"))
browser.back()
check(here() == "/search?q=教育" and len(texts(".hit")) == 10, "back from the facet:", here())
click(browser.find_elements(By.CSS_SELECTOR, ".hit .where")[1])
wait_for(lambda: here().startswith("/doc/yungang-2024-03/4?q=教育#u"), "an excerpt leads to its clause:", here())
check("教育" in texts("mark"), "what was sought is marked")
target = browser.execute_script("const at = document.querySelector(':target').getBoundingClientRect(); return [at.top, innerHeight]")
check(0 <= target[0] < target[1], "the clause is on the screen:", target)
shot("document")
click(link("国办发〔2023〕41号"))
wait_for(lambda: here().startswith("/number/"), "a number in the text leads on:", here())
check("馆藏中没有这份文件" in one("main").text, one("main").text)
browser.back()
browser.back()
check(here() == "/search?q=教育", "back to the hits:", here())

# --- copy ---

go("/doc/yungang-2024-03/2")
browser.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
clause = one("[id='二（三）8']")
clause_copy = clause.find_element(By.CSS_SELECTOR, "button.copy")
check(clause_copy.is_displayed(), "the button to copy is there")
click(clause_copy)
wait_for(lambda: one("#said").text == "已复制" or one("#said").get_attribute("textContent") == "已复制", "it says that it has copied")
copied = browser.execute_async_script("const done = arguments[0]; navigator.clipboard.readText().then(done, done)")
check(copied == "云港市人民政府. 关于加快海洋新材料产业发展的实施意见（“蓝链”行动）: 云政发〔2024〕8号 二（三）8[J]. 云港市人民政府公报, 2024(3): 3.", copied)
click(clause.find_element(By.CSS_SELECTOR, "a.permalink"))
wait_for(lambda: here() == "/doc/yungang-2024-03/2#二（三）8", "a link to the clause:", here())
copied = browser.execute_async_script("const done = arguments[0]; navigator.clipboard.readText().then(done, done)")
check(unquote(copied) == url + "doc/yungang-2024-03/2#二（三）8", copied)

# --- keyboard ---

go("/search?q=教育")
one("body").send_keys("j")
check(browser.switch_to.active_element.text == texts(".hit h2 a")[0], "j goes to the first hit")
browser.switch_to.active_element.send_keys("j")
check(browser.switch_to.active_element.text == texts(".hit h2 a")[1], "and to the second")
browser.switch_to.active_element.send_keys("/")
check(browser.switch_to.active_element.get_attribute("id") == "q", "/ goes to the field")
go("/search?q=教育")
one("body").send_keys(Keys.TAB)
check(browser.switch_to.active_element.text == "跳到正文", "the first key leads past the head of the page")
browser.switch_to.active_element.send_keys(Keys.ENTER)
check(browser.switch_to.active_element.get_attribute("id") == "content", "to the content")

# --- phone, dark, print, wide tables ---

for target in ("/", "/search?q=市教育局牵头的任务", "/doc/yungang-2024-03/4", "/doc/yungang-2024-03/4?view=printed", "/issue/yungang-2024-03",
               "/series/云政发/2024", "/calendar/2024-03", "/unit/市教育局", "/help", "/nothing", "/search?keyword=教育&kwic=20"):
    device(360, 740)
    go(target)
    nothing_sticks_out("on a phone, " + target)
    shot("phone" + target.split("?")[0].replace("/", "-"))
    device(1280)
    go(target)
    nothing_sticks_out(target)
device(1280, scheme="dark")
go("/doc/yungang-2024-03/4")
check(luminance("html") < 60 and luminance(".sheet") < 70, "dark is dark")
shot("dark")
device(1280, media="print")
go("/doc/yungang-2024-03/4")
check(not one("header.site").is_displayed() and not one("aside").is_displayed(), "print has the document alone")
device(1280)

# --- what a screen reader finds ---

go("/doc/yungang-2024-03/4")
tree = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
roles = {node["role"]["value"] for node in tree if not node.get("ignored")}
check({"main", "navigation", "search", "heading", "table", "contentinfo", "complementary"} <= roles, "roles:", sorted(roles))
unnamed = [node for node in tree if not node.get("ignored") and node["role"]["value"] in ("link", "button", "searchbox")
           and not node.get("name", {}).get("value")]
check(not unnamed, "what can be used has a name:", unnamed[:2])

# --- nothing was complained of: the policy holds ---

complaints = [entry["message"] for entry in browser.get_log("browser") if "/nothing" not in entry["message"]
              and "favicon" not in entry["message"]]
check(not [text for text in complaints if "/number/" not in text], complaints)
browser.quit()

# --- without scripts ---

browser = start(scripts=False)
go("/")
type_query("雲政發２０２４第八號")
check("关于加快海洋新材料产业发展的实施意见" in texts(".hit h2")[0], texts("h2"))
check("读作" in one(".readings").text, "the reading")
click(one(".refuse"))
check(here().startswith("/search?keyword="), "it is refused:", here())
go("/doc/yungang-2024-03/4")
check(not [button for button in browser.find_elements(By.CSS_SELECTOR, "button.copy") if button.is_displayed()], "no button that does nothing")
click(one("[id='三（一）2'] a.permalink"))
check(here() == "/doc/yungang-2024-03/4#三（一）2", "a link is a link:", here())
browser.quit()

# --- in English ---

browser = start(language="en-US")
go("/search?q=教育")
check("Narrow down" in browser.page_source and one("html").get_attribute("lang") == "en", "English")
browser.quit()
finish()
