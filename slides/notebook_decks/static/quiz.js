// Questions with options: the word on the chosen option, and the choice in the view's address.

function bindQuiz(root) {
  const status = root.querySelector(".feedback");
  const words = status ? JSON.parse(root.querySelector("script").textContent) : [];
  const options = [...root.querySelectorAll("input")];
  const tell = () => {
    const chosen = options.find((option) => option.checked);
    if (status) status.textContent = chosen ? words[chosen.value] : "";
  };
  root.addEventListener("change", () => {
    tell();
    root.dispatchEvent(new CustomEvent("chartchange", { bubbles: true })); // the address follows
  });
  otherViews.set(root.id, {
    text: () => options.find((option) => option.checked)?.value ?? "",
    show(text) {
      for (const option of options) option.checked = option.value === text;
      tell();
    },
  });
}

document.querySelectorAll(".quiz").forEach(bindQuiz);
showView(); // the page looked at its address before the questions were there
