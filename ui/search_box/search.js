// What is typed goes to Python when the hand rests, never while an input method composes.

const REST = 140;

export default function ({ parentElement, data, setTriggerValue }) {
  const form = parentElement.querySelector("form"), box = form.querySelector("input");
  const words = Object.fromEntries(data.words);
  box.setAttribute("aria-label", words.label);
  box.placeholder = words.placeholder;
  form.send = setTriggerValue;
  form.parameter = words.parameter;
  form.mine ??= []; // what this box has sent and not seen come back, the oldest first
  if (form.told !== data.text) {
    form.told = data.text;
    // An answer to what was typed here changes nothing in the box; a text from elsewhere, a link or Back, does.
    const mine = form.mine.indexOf(data.text);
    if (mine >= 0) form.mine.splice(0, mine + 1);
    else if (!form.composing && data.text !== box.value.trim()) [box.value, form.sent] = [data.text, data.text];
  }
  if (form.ready) return;
  form.ready = true;
  form.sent = box.value;
  const send = () => {
    clearTimeout(form.waiting);
    const text = box.value.trim();
    if (form.composing || text === form.sent) return;
    form.sent = text;
    form.mine.push(text);
    const address = new URL(location.href);
    address.searchParams.delete("id");
    if (text) address.searchParams.set(form.parameter, text);
    else address.searchParams.delete(form.parameter);
    history.replaceState(history.state, "", address);
    form.send("typed", text);
  };
  const rest = () => { clearTimeout(form.waiting); form.waiting = setTimeout(send, REST); };
  box.addEventListener("input", (event) => { if (!event.isComposing) rest(); });
  box.addEventListener("compositionstart", () => { form.composing = true; clearTimeout(form.waiting); });
  box.addEventListener("compositionend", () => { form.composing = false; rest(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  // Enter also ends a composition; then it is not meant for the form.
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.isComposing) event.preventDefault(); });
}
