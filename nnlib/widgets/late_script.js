// A widget whose script is late goes on: see late_script.py. This text stands in front of its own.
//
// anywidget lets nothing more through to a model whose script was not there within two seconds, as
// on a slow machine after Run All: its picture would never change again. Then messages go to the
// model itself, and what was lost meanwhile is asked for.

async function hearThoughLate(model) {
  const id = model.get("own_id");
  const own = id && (await model.widget_manager?.get_model(id));
  if (!own?.comm) return; // no kernel
  try {
    await own._handle_comm_msg({ content: { data: {} } }); // waits as every message does
  } catch {
    const { _handle_comm_msg } = Object.getPrototypeOf(Object.getPrototypeOf(own)); // ipywidgets'
    own.comm.on_msg(_handle_comm_msg.bind(own));
    model.send({ kind: "late" });
  }
}
