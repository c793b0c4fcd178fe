// The form goes to learner/<deed> beside the page, wherever the app is mounted.
export default function ({ parentElement, data }) {
  const form = parentElement.querySelector("form"), [code, language] = form.querySelectorAll("input");
  form.action = new URL(`learner/${data.deed}`, location.href.replace(/[?#].*$/, "")).href;
  form.querySelector("label").textContent = data.label;
  form.querySelector("label").hidden = code.hidden = !data.asks;
  code.disabled = !data.asks;
  code.required = data.asks;
  code.setAttribute("aria-label", data.label);
  if (form.dataset.filled !== data.code) form.dataset.filled = code.value = data.code;
  language.value = data.language;
  // A second click would send a code that the first one has used.
  form.onsubmit = () => { const isFirst = !form.dataset.sent; form.dataset.sent = "yes"; return isFirst; };
  const button = form.querySelector("button");
  button.textContent = data.button;
  button.classList.toggle("danger", data.deed === "erase");
}
