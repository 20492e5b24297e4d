// Starts the desk's live connection and finds the way back when a server goes away: to the same one within a moment, else to any other with a
// fresh page. What was written is kept by the browser (desk.js), so nothing is lost with the old page.

const lost = document.getElementById("components-reconnect-modal");
let leaving = false;

async function answers() {
  try {
    return (await fetch("/health/ready", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

// Never reloads into an error page: first somebody must answer.
async function afresh() {
  if (leaving) return;
  leaving = true;
  while (!await answers()) await new Promise(next => setTimeout(next, 400));
  sessionStorage.setItem("fe.back", "1");
  location.reload();
}

lost.addEventListener("components-reconnect-state-changed", change => {
  if (["failed", "rejected", "resume-failed"].includes(change.detail.state)) afresh();
});

Blazor.start({
  circuit: {
    reconnectionOptions: { maxRetries: 100000, retryIntervalMilliseconds: attempt => attempt === 0 ? 0 : attempt < 60 ? 400 : 3000 },
  },
});
