// Sends events to a running server with the CloudEvents SDK, the way a customer's program would, and prints what came
// back: one JSON line for each, {name, sent?, answer?, refusedBySdk?}.
//
//   CAIRN_KEY=<key with the scope ingest> node send.mjs http://localhost:5080/v1/events
import { CloudEvent, HTTP, Mode, emitterFor, httpTransport } from "cloudevents";

const [sink] = process.argv.slice(2);
const headers = { authorization: `Bearer ${process.env.CAIRN_KEY}` };
if (!sink || !process.env.CAIRN_KEY) {
  console.error("usage: CAIRN_KEY=<key> node send.mjs http://localhost:5080/v1/events");
  process.exit(2);
}

const transport = httpTransport(sink);
const structured = emitterFor(transport, { mode: Mode.STRUCTURED });
const binary = emitterFor(transport, { mode: Mode.BINARY });
const order = {
  id: "order-1",
  source: "/shop/berlin",
  type: "com.example.order.placed",
  subject: "order/1",
  time: "2026-01-19T10:35:22.125Z",
  dataschema: "https://example.com/order.json",
  datacontenttype: "application/json",
  channel: "web",
  data: { sku: "A-1", quantity: 2, price: 1.5 },
};
const bytes = Uint8Array.from([0, 255, 128, 10, 13, 37]);

await send("structured", structured, order);
await send("binary repeats structured", binary, order);
await send("binary", binary, { ...order, id: "order-2", data: { note: "größe 日本" } });
await send("structured repeats binary", structured, { ...order, id: "order-2", data: { note: "größe 日本" } });
await send("bytes in binary mode", binary, { ...order, id: "bytes-1", datacontenttype: "application/octet-stream", data: bytes });
await send("bytes in structured mode", structured, { ...order, id: "bytes-2", datacontenttype: "application/octet-stream", data: bytes });
await send("text in binary mode", binary, { ...order, id: "text-1", datacontenttype: "text/plain", data: "grüße" });
await send("no data", structured, { id: "bare-1", source: "/bare", type: "t" });
await send("unicode id in structured mode", structured, { ...order, id: "größe-日本-😀" });
// The SDK sends attributes as they are: it neither encodes nor escapes what a header cannot carry.
await send("per cent sign in binary mode", binary, { ...order, id: "50% off" });
await send("percent-encoded id in binary mode", binary, { ...order, id: encodeURIComponent("größe-日本-😀 50%") });
await send("latin letter in binary mode", binary, { ...order, id: "latin-1", subject: "café" });
await send("quotes in binary mode", binary, { ...order, id: "quoted-1", subject: '"a \\"b\\""' });
await send("bytes of UTF-8 in binary mode", binary, { ...order, id: "utf8-1", subject: Buffer.from("日本", "utf8").toString("latin1") });
await send("letters beyond latin in binary mode", binary, { ...order, id: "beyond-1", subject: "日本" });
await send("an older version", structured, { id: "old-1", source: "/old", type: "t", specversion: "0.3" }, false);

// The SDK reads batches and does not write them; its events know how they are written one by one.
const batch = [1, 2, 3].map((n) => new CloudEvent({ ...order, id: `batch-${n}`, data: { n } }));
const answer = await transport({ headers: { "content-type": "application/cloudevents-batch+json" }, body: JSON.stringify(batch) }, { headers });
print({ name: "batch", answer: JSON.parse(answer.body) });

async function send(name, emit, attributes, strict = true) {
  const event = new CloudEvent(attributes, strict);
  try {
    const message = emit === binary ? HTTP.binary(event) : HTTP.structured(event);
    const { body } = await emit(event, { headers });
    print({ name, sent: message.headers, answer: body ? JSON.parse(body) : null });
  } catch (error) {
    print({ name, refusedBySdk: error.code ?? error.message });
  }
}

function print(line) {
  console.log(JSON.stringify(line));
}
