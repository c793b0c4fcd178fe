// Counts down from what Python says is left, which each rerun says again: a computer that slept is put right.
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".left");
  root.querySelector(".words").textContent = data.label;
  root.send = setTriggerValue;
  root.end = performance.now() + data.left;
  root.told = false;
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
  // Streamlit cleans up after a call that the next one overtook too, though the component stays on the page.
  return () => { if (!parentElement.isConnected) clearInterval(root.ticking); };
}
