// A real mail server for the tests: what it does with a message is said by the address the message goes to, so that
// one server shows every behaviour at once. Prints one JSON line when it listens and one for every message it took.
//
//   node server.mjs '{"port":0,"tls":{"key":"…","cert":"…"},"user":"…","password":"…"}'
//
// Addresses: busy-N@ is refused for now (451) N times and then taken; no-such@ is refused for good (550); spam@ is
// refused after the data (554); hang@ gets no answer; everybody else gets their mail.
import { readFileSync } from "node:fs";
import { SMTPServer } from "smtp-server";

const options = JSON.parse(process.argv[2] ?? "{}");
const attempts = new Map();

function refusal(code, text) {
  const error = new Error(text);
  error.responseCode = code;
  return error;
}

function print(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const server = new SMTPServer({
  banner: "cairn test",
  disabledCommands: [...(options.tls ? [] : ["STARTTLS"]), ...(options.user ? [] : ["AUTH"])],
  authOptional: !options.user,
  allowInsecureAuth: false,
  ...(options.tls ? { key: readFileSync(options.tls.key), cert: readFileSync(options.tls.cert) } : {}),
  closeTimeout: 100,
  onAuth(auth, session, answer) {
    const isRight = auth.username === options.user && auth.password === options.password;
    answer(isRight ? null : refusal(535, "no such login"), { user: auth.username });
  },
  onRcptTo(address, session, answer) {
    const [name] = address.address.split("@");
    const busy = /^busy-(\d+)/.exec(name);
    const seen = (attempts.get(address.address) ?? 0) + 1;
    attempts.set(address.address, seen);
    if (busy && seen <= Number(busy[1])) return answer(refusal(451, "come back later"));
    if (name === "no-such") return answer(refusal(550, "no such mailbox"));
    if (name !== "hang") return answer();
  },
  onData(stream, session, answer) {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => {
      const to = session.envelope.rcptTo.map((address) => address.address);
      if (to.some((address) => address.startsWith("spam@"))) return answer(refusal(554, "looks like spam"));
      print({ from: session.envelope.mailFrom.address, to, tls: session.secure, user: session.user ?? null, raw: Buffer.concat(chunks).toString("latin1") });
      answer();
    });
  },
});

server.on("error", (error) => print({ error: error.message }));
server.listen(options.port ?? 0, "127.0.0.1", () => print({ listening: server.server.address().port }));
// Ends with whoever started it, however that ends.
process.stdin.on("end", () => process.exit(0)).resume();
