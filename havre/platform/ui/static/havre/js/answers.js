// Choosing or writing an answer says that there is one: "not asked" becomes "answered". Every other state is left alone.

function impliesAnswer(event) {
  const question = event.target.closest?.(".hv-q__body")?.closest(".hv-q");
  const state = question?.querySelector(".hv-states input:checked");
  const filled = event.target.type === "checkbox" || event.target.type === "radio" ? event.target.checked : event.target.value;
  if (!filled || state?.value !== "not_asked") return;
  question.querySelector('.hv-states input[value="answered"]').checked = true;
}

document.addEventListener("input", impliesAnswer);
