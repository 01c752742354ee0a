// SPDX-License-Identifier: GPL-2.0-or-later
// Comfort only: every page works without it.
"use strict";
const said = document.getElementById("said");

function say(text) {
  if (said) {
    said.textContent = "";
    requestAnimationFrame(() => { said.textContent = text; });
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages that are not served over https have no clipboard: the old way.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

async function copied(button, text) {
  await copy(text);
  say(said.dataset.copied);
  const label = button.textContent;
  button.classList.add("done");
  button.textContent = "✓";
  setTimeout(() => { button.textContent = label; button.classList.remove("done"); }, 1200);
}

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.copy");
  const link = event.target.closest("a.permalink");
  if (button) {
    copied(button, button.dataset.text.trim());
  } else if (link) {
    copied(link, link.href); // and goes there
  }
});

function step(by) {
  const heads = [...document.querySelectorAll(".hit h2 a, .listing a, .toc a")];
  const at = heads.indexOf(document.activeElement);
  const next = heads[at < 0 ? (by > 0 ? 0 : heads.length - 1) : at + by];
  if (next) {
    next.focus();
  }
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey || typing) {
    return;
  }
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("q").select();
  } else if (event.key === "j" || event.key === "k") {
    step(event.key === "j" ? 1 : -1);
  }
});
