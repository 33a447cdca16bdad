// The page's address: what only the browser knows is written into it here, and stays there when the
// server, which knows nothing of it, writes the rest.

const kept = new Map(); // name -> text, or null for a name that is to be left out

/** Puts texts into the address by their names, where they are not there already; nothing for null. */
export function say(texts) {
  const address = new URL(location.href);
  put(address, Object.entries(texts));
  if (address.href === location.href) return;
  try {
    history.replaceState(history.state, "", address);
  } catch (error) {
    // Browsers take so many changes in a while and no more; the next one brings this along.
    if (error.name !== "SecurityError") throw error;
  }
}

/** The same for a text that every page has from now on. */
export function keep(name, text) {
  kept.set(name, text);
  follow();
  say({ [name]: text });
}

/**
 * From now on what is kept stays in the address, and only another page is a new entry in the
 * browser's history: Streamlit makes one whenever the server changes the address, but a stroke is
 * no place to go back to, and neither is a switch.
 */
export function follow() {
  const { history } = window;
  if (Object.hasOwn(history, "pushState")) return;
  const { pushState, replaceState } = history;
  history.pushState = function (state, title, url) {
    const address = withKept(url);
    const samePage = address.pathname === location.pathname;
    (samePage ? replaceState : pushState).call(history, state, title, address);
  };
  history.replaceState = function (state, title, url) {
    replaceState.call(history, state, title, withKept(url));
  };
}

function withKept(url) {
  const address = new URL(url ?? location.href, location.href);
  put(address, kept);
  return address;
}

function put(address, texts) {
  for (const [name, text] of texts) {
    if (text) address.searchParams.set(name, text);
    else address.searchParams.delete(name);
  }
}
