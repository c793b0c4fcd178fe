// The keys of the stage, for the whole page. Black screen and clock live here alone; every other key goes to
// Python, with all that have not been answered yet, so that a fast hand loses none.

const KEYS = {
  ArrowRight: "next", ArrowLeft: "previous", PageDown: "next-slide", PageUp: "previous-slide", Enter: "reveal",
  p: "predict", n: "notes", q: "qr", s: "subtitles", "?": "keys",
};
const TYPING = "input, textarea, select, [contenteditable], [role=combobox], [role=slider]";

function hasFocus(kinds) {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return Boolean(active?.closest?.(kinds));
}

// The player of the picture has a button of its own for this, which it may hide on the stage.
function play() {
  for (const host of document.querySelectorAll("*")) {
    const button = host.shadowRoot?.querySelector("[data-does=play]");
    if (button) return button.click();
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  const stage = (parentElement.stage ??= { pending: [], number: data.seen });
  const black = parentElement.querySelector(".black"), clock = parentElement.querySelector(".clock");
  stage.data = data;
  stage.number = Math.max(stage.number, data.seen);
  stage.pending = stage.pending.filter((press) => press.number > data.seen);
  const send = (key) => {
    stage.pending.push({ number: ++stage.number, key });
    setTriggerValue("pressed", { presses: stage.pending });
  };
  stage.send = send;
  black.setAttribute("aria-label", new Map(data.words).get("black"));
  if (stage.stop) return stage.stop;

  const tick = () => {
    const seconds = Math.floor((Date.now() - stage.began) / 1000), planned = stage.data.minutes * 60;
    const over = planned > 0 && seconds > planned;
    clock.textContent = `${over ? "! " : ""}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    clock.classList.toggle("over", over);
  };
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || hasFocus(TYPING)) return;
    const key = event.key;
    if (event.repeat || ((key === " " || key === "Enter") && hasFocus("a, button, summary, [role=button]"))) return;
    let done = true;
    if (key === "b" || key === ".") black.hidden = !black.hidden;
    else if (!black.hidden) black.hidden = true;
    else if (key === "t") {
      stage.began ??= Date.now();
      clock.hidden = !clock.hidden;
      stage.timer ??= setInterval(tick, 500);
      tick();
    } else if (key === " ") stage.data.hidden ? stage.send("reveal") : play();
    else if (/^[1-9]$/.test(key)) stage.send(key);
    else if (KEYS[key]) stage.send(KEYS[key]);
    else done = false;
    if (!done) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the player has keys of its own
  };
  window.addEventListener("keydown", onKey, true);
  black.dataset.listens = "";
  // Streamlit cleans up after a call that the next one overtook too, though the component stays on the page.
  stage.stop = () => {
    if (parentElement.isConnected) return;
    window.removeEventListener("keydown", onKey, true);
    clearInterval(stage.timer);
    delete parentElement.stage;
  };
  return stage.stop;
}
