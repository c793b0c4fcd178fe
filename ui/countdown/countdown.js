// Counts down from what Python says is left; a new rerun with the same end goes on from where the count is.
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".left");
  root.querySelector(".words").textContent = data.label;
  root.send = setTriggerValue;
  if (root.until !== data.until) {
    root.until = data.until;
    root.end = performance.now() + data.left;
    root.told = false;
  }
  const show = () => {
    const seconds = Math.max(0, Math.ceil((root.end - performance.now()) / 1000));
    root.querySelector("time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds > 0 || root.told) return;
    root.told = true;
    root.send("over", true);
  };
  clearInterval(root.ticking);
  root.ticking = setInterval(show, 500);
  show();
  return () => clearInterval(root.ticking);
}
