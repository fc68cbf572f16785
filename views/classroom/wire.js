// The thread between the phone's page and the server. It stands alone, because whatever a fragment draws is sent anew
// with every reply: this is two hundred bytes of script, the phone's page forty thousand.

export default function ({ data, setTriggerValue }) {
  const wire = (window.framingClassroomWire ??= new EventTarget());
  wire.tell = (message) => setTriggerValue("message", message);
  wire.dispatchEvent(new CustomEvent("reply", { detail: data.reply }));
}
