// Words come from the page, where the server translated them; these functions only put them in their place.

export function words(name) {
  const kept = document.getElementById(`hv-words-${name}`);
  return kept ? kept.content.firstElementChild.cloneNode(true) : null;
}

export function sayAloud(text) {
  const live = document.getElementById("hv-live");
  if (live) live.textContent = text;
}

export function hush(form) {
  for (const told of form.querySelectorAll("[data-told]")) told.remove();
}

// One notice at a time, beside the button that was pressed.
export function tell(form, notice) {
  if (!notice) return;
  hush(form);
  notice.dataset.told = "";
  const bar = form.querySelector(".hv-savebar");
  if (bar) bar.prepend(notice);
  else form.append(notice);
  sayAloud(notice.textContent.trim().replace(/\s+/g, " "));
}

// The line of the save bar: "saved", "saving" or "unsaved".
export function note(form, state) {
  const line = form.querySelector("[data-saved]");
  if (!line) return;
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const hour = now.getHours();
  const told = { "#H": two(hour), "#h": String(hour), "#m": two(now.getMinutes()) };
  const text = (line.dataset[state] || "").replace(/#[Hhm]/g, (mark) => told[mark]);
  const place = line.querySelector("[data-text]") || line;
  if (place.textContent !== text) place.textContent = text;
}

// The session is locked or over: this very page, opened in another window, asks for the way in.
export function away() {
  const notice = words("away");
  notice.querySelector("a").href = location.pathname + location.search;
  return notice;
}

// A calm page of ours (an error or a refusal), told inside the form instead of replacing it.
export function retold(page) {
  const title = page.querySelector("#main h1");
  const notice = words("told");
  if (!title || !notice) return words("broke");
  notice.querySelector("[data-title]").textContent = title.textContent.trim();
  notice.querySelector("[data-text]").textContent = page.querySelector("#main h1 ~ p")?.textContent.trim() || "";
  return notice;
}
