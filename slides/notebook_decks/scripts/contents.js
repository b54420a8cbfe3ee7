// The contents stand open beside the text where there is room, and are folded under the title on a phone.
export function foldContents() {
  const fold = document.querySelector(".contents details");
  if (!fold) return;
  const wide = matchMedia("(min-width: 75rem)");
  const follow = () => { fold.open = wide.matches; };
  follow();
  wide.addEventListener("change", follow);
  fold.addEventListener("click", (event) => {
    if (event.target.closest("a")) follow();
  });
}
