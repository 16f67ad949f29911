// A <details data-keep="name"> stays as the worker left it, in this window only.

function keptKey(details) {
  return `keep-${details.dataset.keep}`;
}

for (const details of document.querySelectorAll("details[data-keep]")) {
  if (sessionStorage.getItem(keptKey(details)) === "open") details.open = true;
}

document.addEventListener("toggle", (event) => {
  const details = event.target;
  if (details.dataset?.keep) sessionStorage.setItem(keptKey(details), details.open ? "open" : "shut");
}, true);
