// Starts the page of one file: gives the bundles that it holds to loaders/bundle.js, which it holds
// too, as Streamlit does in the app.
function bytes(name) {
  const characters = atob(document.querySelector(`[data-bundle="${name}"]`).textContent);
  const made = new Uint8Array(characters.length);
  for (let i = 0; i < made.length; i++) made[i] = characters.charCodeAt(i);
  return made;
}

try {
  const loader = new Blob([bytes("loader")], { type: "text/javascript" });
  const { default: takeIn } = await import(URL.createObjectURL(loader));
  const take = (name) => takeIn({ data: bytes(name) });
  await Promise.all(["modules", "network"].map(take));
  const { mount } = await globalThis.lenet["modules"].promise;
  await mount("single_file/page.js", { parentElement: document.body, data: bytes("page"), take });
} catch (error) {
  document.querySelector(".unopened")?.classList.add("now");
  throw error;
}
