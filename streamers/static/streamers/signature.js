// A signature drawn with a finger, a pen or the mouse: sent as a PNG with the form. Without it a photo of a paper is sent.
(() => {
  const pad = document.getElementById("signature-pad");
  const form = document.getElementById("sign");
  if (!pad || !form || !pad.getContext) return;
  const field = form.querySelector("input[name=signature]");
  const pen = pad.getContext("2d");
  let drawn = false;
  let last = null;

  pad.closest(".signature").hidden = false;
  pen.lineWidth = 5;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.strokeStyle = "#10202e";

  const place = (event) => {
    const frame = pad.getBoundingClientRect();
    return {
      x: ((event.clientX - frame.left) * pad.width) / frame.width,
      y: ((event.clientY - frame.top) * pad.height) / frame.height,
    };
  };
  const lineTo = (point) => {
    pen.beginPath();
    pen.moveTo(last.x, last.y);
    pen.lineTo(point.x, point.y);
    pen.stroke();
    last = point;
    drawn = true;
  };

  pad.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    last = place(event);
    lineTo({ x: last.x + 0.1, y: last.y });
  });
  pad.addEventListener("pointermove", (event) => {
    if (last) lineTo(place(event));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    pad.addEventListener(end, () => {
      last = null;
    });
  }
  document.getElementById("signature-clear").addEventListener("click", () => {
    pen.clearRect(0, 0, pad.width, pad.height);
    drawn = false;
  });
  form.addEventListener("submit", () => {
    field.value = drawn ? pad.toDataURL("image/png") : "";
  });
})();
